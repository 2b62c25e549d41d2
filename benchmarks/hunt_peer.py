"""A peer for `benchmarks/hunt.py --peer`: pySigma's SQLite backend over flattened events, the design of SQL-based Sigma tools.

    python benchmarks/hunt_peer.py EVENTS.jsonl

It reads lines of JSON, puts every plain value into a column named for its path, and asks the table each of our rules for single events
of CloudTrail as pySigma writes it in SQL. It knows no baseline and no correlation, which makes its work less than a hunt's.
"""

import json
import re
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import yaml
from sigma.backends.sqlite import sqlite
from sigma.collection import SigmaCollection

from hexward.detections import detections
from hexward.detections.expression import comparisons
from hexward.events import Log


def flat(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield the plain values of a record by their dotted paths; of a list the first one."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from flat(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        yield from flat(value[0], path) if value else ()
    else:
        yield path, str(value).lower() if isinstance(value, bool) else value


def queries() -> Iterator[str]:
    """Yield the SQL of each rule for CloudTrail."""
    for detection in detections():
        if detection.rules[0].log is not Log.CLOUDTRAIL:
            continue
        practice, _, name = detection.id.partition(".")
        text = resources.files("hexward.detections").joinpath(practice, f"{name}.yml").read_text()
        for part in yaml.safe_load_all(text):
            if "detection" in part:
                alone = yaml.safe_dump({**part, "level": "low"}, sort_keys=False)
                yield from sqlite.sqliteBackend().convert(SigmaCollection.from_yaml(alone))  # type: ignore[no-untyped-call]


def main(path: Path) -> None:
    """Load the events and run all queries."""
    with path.open() as file:
        # SQL knows no case in names.
        rows = [{name.lower(): value for name, value in flat(json.loads(line))} for line in file]
    asked = list(queries())
    tests = (test for one in detections() for rule in one.rules for test in comparisons(rule.expression))
    names = sorted({name for row in rows for name in row} | {test.field.lower() for test in tests})
    database = sqlite3.connect(":memory:")
    database.create_function(
        "regexp", 2, lambda pattern, text: text is not None and re.search(pattern, str(text)) is not None
    )
    database.execute(f"CREATE TABLE logs ({', '.join(f'"{name}" COLLATE NOCASE' for name in names)})")
    marks = ", ".join("?" * len(names))
    database.executemany(f"INSERT INTO logs VALUES ({marks})", ([row.get(name) for name in names] for row in rows))  # noqa: S608
    found = 0
    for query in asked:
        found += database.execute(query.replace("SELECT *", "SELECT count(*)", 1)).fetchone()[0]
    print(f"{len(rows):,} events, {len(asked)} queries, {found:,} matches")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
