"""pySigma, which knows nothing of our parser and matcher, agrees with them: on all our rules, over their events and mixtures of them."""

import random
import re
import sqlite3
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any, cast

import pytest
import yaml

from hexward.detections import Rule, detections
from hexward.detections.expression import Operator, comparisons
from hexward.detections.match import matcher
from hexward.detections.sigma import read
from hexward.events import Event
from tests.detections.overlay import events, examples, file_of

collection = pytest.importorskip(
    "sigma.collection", reason="pySigma, a judge of the development group, is not installed"
)
backends = pytest.importorskip("sigma.backends.sqlite", reason="pySigma's SQLite backend is not installed")

MIXTURES = 400


def single_rules() -> Iterator[tuple[str, str, Rule]]:
    """Yield each rule on its own, also those under a correlation: its name, its text for pySigma, and what we read of it."""
    for detection in detections():
        practice, _, name = detection.id.partition(".")
        text = resources.files("hexward.detections").joinpath(practice, f"{name}.yml").read_text()
        for number, part in enumerate(yaml.safe_load_all(text)):
            if "detection" in part:
                alone = yaml.safe_dump({**part, "level": "low"}, sort_keys=False)
                [ours] = read(alone, "rule.yml", "rules.rule")
                yield f"{detection.id}-{number}", alone, ours.rules[0]


def flat(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield the plain values of an event by their dotted paths, as SQL needs them; of a list that is not empty the first one."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from flat(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        yield from flat(value[0], path) if value else ()
    else:
        yield path, {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def plain(event: Event) -> dict[str, object]:
    return dict(flat({**cast("dict[str, Any]", event.fields), "hexward": event.known.all()}))


def nested(row: Mapping[str, object]) -> dict[str, Any]:
    """Put a flat event together again."""
    made: dict[str, Any] = {}
    for path, value in row.items():
        if value is None:
            continue
        *folders, name = path.split(".")
        inner = made
        for folder in folders:
            inner = inner.setdefault(folder, {})
        inner[name] = value
    return made


def rows() -> list[dict[str, object]]:
    """Return the events of all tests, and mixtures of two of them that take each field from either or from neither."""
    given = [
        plain(event)
        for detection in detections()
        if file_of(detection).is_file()
        for kind in ("hits", "misses")
        for overlays in examples(detection, kind)
        for event in events([{**one, "repeat": min(one.get("repeat", 1), 2)} for one in overlays])
    ]
    dice = random.Random(3)  # noqa: S311  (the same mixtures each time)
    mixed = []
    for _ in range(MIXTURES):
        one, other = dice.choices(given, k=2)
        names = [name for name in {**one, **other} if dice.random() > 0.05]
        mixed.append({name: dice.choice([one, other]).get(name) for name in names})
    return given + mixed


@pytest.fixture(scope="module")
def table() -> Iterator[tuple[sqlite3.Connection, list[dict[str, object]]]]:
    found = rows()
    spelled = {name for row in found for name in row} | {
        field for _, _, rule in single_rules() for field in fields(rule)
    }
    # SQL has one column for names that differ in case alone, as AWS's services spell them.
    names = sorted({name.lower() for name in spelled})
    database = sqlite3.connect(":memory:")
    database.create_function("regexp", 2, searched)
    columns = ", ".join(f'"{name}" COLLATE NOCASE' for name in names)
    database.execute(f"CREATE TABLE logs (place INTEGER, {columns})")
    for place, row in enumerate(found):
        lower = {name.lower(): value for name, value in row.items() if value is not None}
        values = [lower.get(name) for name in names]
        database.execute(f"INSERT INTO logs VALUES (?, {', '.join('?' * len(names))})", [place, *values])  # noqa: S608
    yield database, found
    database.close()


def searched(pattern: str, text: object) -> bool:
    return text is not None and re.search(pattern, str(text)) is not None


def fields(rule: Rule) -> set[str]:
    asked = comparisons(rule.expression)
    named = {str(value) for one in asked if one.operator is Operator.FIELDREF for value in one.values}
    return {one.field for one in asked} | named


def held(row: Mapping[str, object], field: str) -> bool:
    """Tell whether a row has a value below a field, or in one whose name differs in case."""
    return any(
        value is not None and name != field and f"{name}.".lower().startswith(f"{field}.".lower())
        for name, value in row.items()
    )


@pytest.mark.parametrize(("text", "rule"), [pytest.param(text, rule, id=name) for name, text, rule in single_rules()])
def test_pysigma_finds_the_same_events(text, rule, table):
    database, found = table
    rules = collection.SigmaCollection.from_yaml(text)
    assert rules.errors == []
    [query] = backends.sqliteBackend().convert(rules)
    matches = matcher(rule.expression)
    # A field that holds a structure has no column to be asked for; such events are left out.
    asked = fields(rule)
    fair = {place for place, row in enumerate(found) if not any(held(row, field) for field in asked)}
    theirs = {place for (place,) in database.execute(query.replace("SELECT *", "SELECT place", 1))}
    ours = {place for place in fair if matches(nested(found[place]))}
    assert len(fair) > len(found) / 2
    assert ours == theirs & fair
