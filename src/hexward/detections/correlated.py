"""The `correlation` of a Sigma file: which rules, grouped by which fields, within which time, from which count on."""

import re

from hexward.detections.detection import Correlation, CorrelationType, Rule
from hexward.detections.field import there
from hexward.detections.place import Place, shown

KEYS = {"type", "rules", "group-by", "timespan", "condition"}
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
MOST = 10_000
LONGEST_DAYS = 7
"""What a correlation remembers is held in memory, so it may not look back for ever."""


def correlated(place: Place, rules: tuple[Rule, ...]) -> tuple[Correlation, tuple[Rule, ...]]:
    """Return the correlation and its rules in the order in which it names them. Raises DetectionError."""
    members = place.mapping("correlation")
    for key, value in members.items():
        if key not in KEYS:
            value.wrong(f"there is no key {shown(key)} in the part of correlations that is read")
    kind = _type(_needed(place, "type"))
    chosen = _rules(_needed(place, "rules"), rules)
    at_least, field = _condition(place, kind)
    group_by = _needed(place, "group-by")
    for name in (*group_by.texts("group-by"), field):
        for rule in chosen if name else ():
            there(name, rule.log, group_by)
    correlation = Correlation(
        type=kind,
        group_by=group_by.texts("group-by"),
        timespan_seconds=_timespan(_needed(place, "timespan")),
        at_least=at_least,
        field=field,
    )
    if kind is CorrelationType.TEMPORAL_ORDERED and len(chosen) < 2:  # noqa: PLR2004
        place.wrong("temporal_ordered wants two rules or more")
    for rule in chosen:
        if rule.often is not None and not _is_step(rule.often, correlation):
            place.wrong(
                f"the correlation {shown(rule.name)} is not a shorter step of a temporal_ordered one, of the same group-by"
            )
    return correlation, chosen


def _is_step(often: Correlation, within: Correlation) -> bool:
    ordered = within.type is CorrelationType.TEMPORAL_ORDERED
    return ordered and often.group_by == within.group_by and often.timespan_seconds <= within.timespan_seconds


def repeated(place: Place, name: str, rules: tuple[Rule, ...]) -> tuple[Rule, tuple[Rule, ...]]:
    """Return the rule of a correlation that another names, which must match so often, and the rules that are left.

    Raises DetectionError for one that does more than to count the hits of one rule.
    """
    asked = named(place)
    own = tuple(rule for rule in rules if rule.name in asked)
    correlation, chosen = correlated(place, own)
    if len(chosen) > 1 or correlation.type not in {CorrelationType.EVENT_COUNT, CorrelationType.VALUE_COUNT}:
        place.wrong("a correlation that another names counts the hits of one rule, by event_count or value_count")
    [rule] = chosen
    return Rule(name, rule.log, rule.expression, correlation), tuple(one for one in rules if one not in own)


def named(place: Place) -> tuple[str, ...]:
    """Return the names of the rules of a correlation. Raises DetectionError."""
    return _needed(place, "rules").texts("rules")


def _needed(place: Place, key: str) -> Place:
    found = place.value.get(key)
    if not isinstance(found, Place):
        place.wrong(f"the correlation has no {key}")
    return found


def _type(place: Place) -> CorrelationType:
    known = [kind.value for kind in CorrelationType]
    value = place.text("the type")
    if value not in known:
        place.wrong(f"the correlation {shown(value)} is not read; there are {', '.join(known)}")
    return CorrelationType(value)


def _rules(place: Place, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    by_name = {rule.name: rule for rule in rules}
    names = place.texts("rules")
    if not names:
        place.wrong("the correlation names no rule")
    for name in names:
        if name not in by_name:
            place.wrong(f"the correlation names {shown(name)}, which is no rule of this file")
    for rule in rules:
        if rule.name not in names:
            place.wrong(f"the correlation does not name the rule {shown(rule.name)} of this file")
    if len(set(names)) < len(names):
        place.wrong("the correlation names a rule twice")
    return tuple(by_name[name] for name in names)


def _timespan(place: Place) -> int:
    found = re.fullmatch(r"(\d{1,6})([smhd])", str(place.value))
    if found is None:
        place.wrong(f"{shown(place.value)} is no timespan such as 10m")
    seconds = int(found[1]) * SECONDS[found[2]]
    if not 0 < seconds <= LONGEST_DAYS * SECONDS["d"]:
        place.wrong(f"the timespan {place.value} is not within {LONGEST_DAYS} days")
    return seconds


def _condition(place: Place, kind: CorrelationType) -> tuple[float, str]:
    """Return `at_least` and `field`. Conditions on few events are not read: that something is missing needs a whole log."""
    if kind is CorrelationType.TEMPORAL_ORDERED:
        if "condition" in place.value:
            place.value["condition"].wrong("temporal_ordered takes no condition")
        return 0, ""
    condition = _needed(place, "condition")
    members = dict(condition.mapping("the condition"))
    field = members.pop("field", None)
    if (field is None) is (kind is not CorrelationType.EVENT_COUNT):
        condition.wrong(f"{kind.value} {'wants a' if field is None else 'takes no'} field")
    if len(members) != 1 or not members.keys() <= {"gte", "gt"}:
        condition.wrong("the condition is not one of gte and gt")
    [(sign, bound)] = members.items()
    if not isinstance(bound.value, (int, float)) or isinstance(bound.value, bool) or bound.value < 1:
        bound.wrong(f"{shown(bound.value)} is not a number from 1 on")
    if kind is not CorrelationType.VALUE_SUM and bound.value > MOST:
        bound.wrong(f"{shown(bound.value)} is more than the {MOST} events that a correlation remembers")
    if sign == "gt" and not isinstance(bound.value, int):
        bound.wrong("gt wants a whole number")
    return bound.value + (sign == "gt"), field.text("field") if field else ""
