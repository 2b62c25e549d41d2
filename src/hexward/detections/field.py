"""One line of a selection: `requestParameters.policyDocument|contains|all: [...]`."""

import ipaddress
import re
import warnings
from collections.abc import Collection
from difflib import get_close_matches

from hexward.detections.expression import Comparison, Operator, Scalar
from hexward.detections.place import Place, shown
from hexward.detections.regex import LONGEST, MOST_GROUPS, fault
from hexward.events import FIELDS, Log
from hexward.events.members import MEMBERS

COMPARISONS = {Operator.LT, Operator.LTE, Operator.GT, Operator.GTE}
FLAGS = ("i", "m", "s")
OPERATORS = {operator.value: operator for operator in Operator if operator is not Operator.EQUALS}


def field(key: str, place: Place, log: Log) -> Comparison:
    """Return the test of one field of a log. Raises DetectionError for a modifier, a field of ours or a value that cannot be."""
    name, *modifiers = key.split("|")
    if not name:
        place.wrong("words without a field are not read")
    there(name, log, place)
    operator, every, cased, flags = _modifiers(modifiers, place)
    places = place.value if isinstance(place.value, list) else [place]
    if not places:
        place.wrong(f"{shown(name)} has no value")
    values = tuple(_value(one, operator, name) for one in places)
    for one in places if operator is Operator.FIELDREF else ():
        there(str(one.value), log, one)
    if every and len(values) == 1:
        place.wrong("the modifier all wants several values")
    return Comparison(name, operator, values, every, cased, flags)


def there(name: str, log: Log, place: Place) -> None:
    """Raise DetectionError for a field that is none of Hexward's, or that no record of the log has, as far as that is known."""
    if name.partition(".")[0] == "hexward":
        if name not in FIELDS:
            place.wrong(f"there is no field {shown(name)}; there are {', '.join(FIELDS)}")
        return
    within, known = "", MEMBERS.get(log, {})
    for own in name.split("."):
        if within not in known:
            return
        if own not in known[within]:
            where = f" in {within}" if within else ""
            place.wrong(f"{log.value} has no field {shown(own)}{where}; the nearest is {_nearest(own, known[within])}")
        within = f"{within}.{own}" if within else own


def _nearest(name: str, names: Collection[str]) -> str:
    by_case = {one.lower(): one for one in names}
    return by_case[get_close_matches(name.lower()[:100], by_case, n=1, cutoff=0)[0]]


def _modifiers(modifiers: list[str], place: Place) -> tuple[Operator, bool, bool, str]:
    operator, every, cased, flags = Operator.EQUALS, False, False, ""
    for modifier in modifiers:
        if modifier == "all":
            every = True
        elif modifier == "cased":
            cased = True
        elif modifier in FLAGS and operator is Operator.RE:
            flags += modifier
        elif modifier not in OPERATORS:
            place.wrong(f"the modifier {shown(modifier)} is not read")
        elif operator is not Operator.EQUALS:
            place.wrong(f"the modifiers {operator.value} and {modifier} do not go together")
        else:
            operator = OPERATORS[modifier]
    plain = operator in {Operator.CIDR, Operator.EXISTS, Operator.RE, Operator.FIELDREF, *COMPARISONS}
    if cased and plain:
        place.wrong(f"the modifiers cased and {operator.value} do not go together")
    if every and operator in {Operator.EXISTS, *COMPARISONS}:
        place.wrong(f"the modifiers all and {operator.value} do not go together")
    return operator, every, cased, flags


def _value(place: Place, operator: Operator, name: str) -> Scalar:
    value = place.value
    if isinstance(value, (list, dict)) or not isinstance(value, (str, int, float, bool, type(None))):
        place.wrong(f"the value of {shown(name)} is not a plain one")
    if operator is Operator.RE:
        _regex(place)
    wrong = {
        Operator.EXISTS: not isinstance(value, bool),
        Operator.CONTAINS: not isinstance(value, str) or not value,
        Operator.STARTSWITH: not isinstance(value, str) or not value,
        Operator.ENDSWITH: not isinstance(value, str) or not value,
        Operator.FIELDREF: not isinstance(value, str) or not value,
        Operator.CIDR: not isinstance(value, str) or not _is_network(value),
    }
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if wrong.get(operator, operator in COMPARISONS and not is_number):
        place.wrong(f"{shown(value)} is not what the modifier {operator.value} takes")
    return value


def _regex(place: Place) -> None:
    """Raise DetectionError for what is no regular expression, or one that some engine does not read or some text keeps busy."""
    text = place.value
    if len(str(text)) > LONGEST:
        place.wrong(f"the regular expression is longer than {LONGEST} characters")
    if str(text).count("(") > MOST_GROUPS:
        place.wrong(f"the regular expression has more than {MOST_GROUPS} groups")
    if not isinstance(text, str) or not _is_regex(text):
        place.wrong(f"{shown(text)} is not what the modifier re takes")
    if wrong := fault(text):
        place.wrong(f"{shown(text)} {wrong}")


def _is_regex(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            # What Python warns of is read otherwise elsewhere: `[[a]`.
            warnings.simplefilter("error")
            re.compile(text)
    except (re.error, ValueError, OverflowError, RecursionError, Warning):
        return False
    return True


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True
