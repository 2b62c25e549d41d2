"""Reads Sigma: the part of it that detections of AWS need. What is not read is an error with file and line, never left out.

https://github.com/SigmaHQ/sigma-specification
"""

import re
from collections.abc import Iterator, Mapping

from hexward.detections.condition import joined, parsed
from hexward.detections.correlated import correlated, named, repeated
from hexward.detections.detection import Detection, Rule
from hexward.detections.expression import All, Expression, Some
from hexward.detections.field import field
from hexward.detections.place import Place, documents, shown
from hexward.detections.playbooks import PLAYBOOKS, nearest
from hexward.events import DataSource, Log
from hexward.model import Severity

TOLD = ["author", "date", "modified", "references", "related", "license", "scope", "taxonomy", "fields"]
"""Keys of Sigma that change no verdict; they are for readers."""
KEYS = {
    *("title", "id", "name", "status", "description", "tags", "logsource", "detection", "correlation"),
    *("falsepositives", "level", "custom", *TOLD),
}
CUSTOM = {"data_source", "playbook"}
STATUSES = ("stable", "test", "experimental", "deprecated", "unsupported")
LEVELS = {"informational": Severity.LOW, **{str(level): level for level in Severity}}
MOST_SELECTIONS = 1000
"""Each `1 of name*` of a condition looks at all of them."""
TAG = re.compile(r"(attack\.(?:[a-z_-]+|[tgs]\d{4}(?:\.\d{3})?)|atlas\.(?:aml\.t[\d.]+)|[a-z0-9_-]+\.[a-z0-9._-]+)")


def read(text: str, file: str, detection_id: str) -> tuple[Detection, ...]:
    """Return the detections of a file, which is one for ours. Raises DetectionError for whatever cannot be read.

    Where a document correlates, it is the detection, and the rules beside it are its parts; a correlation that it names in turn is
    one of its steps. Otherwise each document is a detection of its own, and all but the first have their number at the end of their id.
    """
    places = list(documents(text, file))
    for place in places:
        for key, value in place.mapping("the rule").items():
            if key not in KEYS:
                value.wrong(f"there is no key {shown(key)} in the part of Sigma that is read")
    correlating = [place for place in places if "correlation" in place.value]
    if not places:
        Place(file, 1, None).wrong("the file holds no rule")
    if not correlating:
        ids = (detection_id, *(f"{detection_id}-{number}" for number in range(2, len(places) + 1)))
        return tuple(_detection(place, one, (_rule(place),)) for place, one in zip(places, ids, strict=True))
    _told_apart(places)
    rules = tuple(_rule(place) for place in places if place not in correlating)
    whole, *steps = sorted(correlating, key=lambda place: _name(place) in _named_by(correlating))
    for step in steps:
        if _name(step) not in _named_by(correlating):
            step.value["correlation"].wrong("a second correlation in one file is read only where the other names it")
        rule, rules = repeated(step.value["correlation"], _name(step), rules)
        rules = (*rules, rule)
    return (_detection(whole, detection_id, rules),)


def _name(place: Place) -> str:
    """Return what a correlation calls a document by: `name`, and else `id`."""
    return _text(place.value, "name") or _text(place.value, "id")


def _named_by(correlating: list[Place]) -> set[str]:
    correlations = (place.value["correlation"] for place in correlating)
    return {name for place in correlations if isinstance(place.value, dict) for name in named(place)}


def _told_apart(places: list[Place]) -> None:
    """Raise DetectionError for a second document of the same name, of which a correlation would take one alone."""
    met: set[str] = set()
    for place in places:
        name = _name(place)
        if name and name in met:
            place.value["name" if "name" in place.value else "id"].wrong(
                f"two rules of this file are named {shown(name)}"
            )
        met.add(name)


def _detection(place: Place, detection_id: str, rules: tuple[Rule, ...]) -> Detection:
    members = place.value
    custom = members["custom"].mapping("custom") if "custom" in members else {}
    for key, value in custom.items():
        if key not in CUSTOM:
            value.wrong(f"there is no key {shown(key)} in custom; there are {', '.join(sorted(CUSTOM))}")
    correlation = None
    if "correlation" in members:
        correlation, rules = correlated(members["correlation"], rules)
    logs = sorted({rule.log for rule in rules})
    return Detection(
        id=detection_id,
        title=_needed(place, "title").text("the title"),
        level=LEVELS[_one_of(_needed(place, "level"), "level", LEVELS)],
        rules=rules,
        correlation=correlation,
        sigma_id=_text(members, "id"),
        status=_one_of(members["status"], "status", STATUSES) if "status" in members else "",
        description=_text(members, "description"),
        tags=_tags(members["tags"]) if "tags" in members else (),
        false_positives=members["falsepositives"].texts("falsepositives") if "falsepositives" in members else (),
        data_source=_source(custom, logs[0]),
        playbook=_playbook(custom),
    )


def _playbook(custom: Mapping[str, Place]) -> str:
    name = _text(custom, "playbook")
    if name and name not in PLAYBOOKS:
        custom["playbook"].wrong(f"there is no playbook {shown(name)}; the nearest is {nearest(name[:100])}")
    return name


def _source(custom: Mapping[str, Place], log: Log) -> DataSource:
    if "data_source" not in custom:
        return DataSource(log.value)
    return DataSource(_one_of(custom["data_source"], "data source", [source.value for source in DataSource]))


def _needed(place: Place, key: str) -> Place:
    found = place.value.get(key)
    if not isinstance(found, Place):
        place.wrong(f"the rule has no {key}")
    return found


def _text(members: Mapping[str, Place], key: str) -> str:
    return members[key].text(key) if key in members else ""


def _one_of[T](place: Place, what: str, known: "Mapping[str, T] | list[str] | tuple[str, ...]") -> str:
    value = place.text(f"the {what}")
    if value not in known:
        place.wrong(f"there is no {what} {shown(value)}; there are {', '.join(known)}")
    return value


def _tags(place: Place) -> tuple[str, ...]:
    tags = place.texts("tags")
    for tag in tags:
        if not TAG.fullmatch(tag):
            place.wrong(f"{shown(tag)} is no tag")
    return tags


def _rule(place: Place) -> Rule:
    """Read the rule of one document."""
    source = _needed(place, "logsource").mapping("logsource")
    for key, value in source.items():
        if key not in {"product", "service", "category", "definition"}:
            value.wrong(f"there is no key {shown(key)} in logsource")
    if "product" not in source or source["product"].value != "aws":
        _needed(place, "logsource").wrong("logsource is not of the product aws")
    service = source.get("service", place)
    log = Log(_one_of(service, "log", [log.value for log in Log])) if service is not place else Log.CLOUDTRAIL
    return Rule(_name(place), log, _expression(_needed(place, "detection"), log))


def _expression(place: Place, log: Log) -> Expression:
    members = dict(place.mapping("detection"))
    condition = members.pop("condition", None)
    if condition is None:
        place.wrong("the detection has no condition")
    if len(members) > MOST_SELECTIONS:
        place.wrong(f"the detection has more than {MOST_SELECTIONS} selections")
    selections = {name: _selection(value, name, log) for name, value in members.items()}
    try:
        return parsed(condition.text("the condition"), selections)
    except ValueError as error:
        condition.wrong(str(error))


def _selection(place: Place, name: str, log: Log) -> Expression:
    if name == "timeframe":
        place.wrong("timeframe is not read; a correlation says it")
    if isinstance(place.value, list):
        if not place.value or not all(isinstance(one.value, dict) for one in place.value):
            place.wrong(f"the selection {shown(name)} lists words without a field, which is not read")
        return joined(Some, [_selection(one, name, log) for one in place.value])
    return joined(All, _fields(place.mapping(f"the selection {shown(name)}"), log))


def _fields(members: Mapping[str, Place], log: Log) -> Iterator[Expression]:
    for key, place in members.items():
        yield field(key, place, log)
