"""Expressions → closures: what a rule asks is compiled once, and then each event is only asked.

The meaning is Sigma's. Texts are compared without regard to case; `*` and `?` stand for any characters unless a backslash stands
before them. A number or a truth value compares as its text, a structure as its JSON. A field of several values matches if one of
them does. A field that is missing, null or an empty list is equal to null alone.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from hexward.detections.expression import All, Comparison, Expression, Not, Operator, Scalar
from hexward.detections.look import Look, leaves, looking
from hexward.detections.regex import needed
from hexward.events.event import Fields
from hexward.events.values import remembered

type Event = Fields
type Matcher = Callable[[Event], bool]
type Looking = Callable[[str], Look]
"""Returns what looks a field up by its path."""
type Leaf = Callable[[Any], bool]
"""Says whether one value of a field matches; never asked of a list."""

COMPARISONS: Mapping[Operator, Callable[[float, float], bool]] = {
    Operator.LT: float.__lt__,
    Operator.LTE: float.__le__,
    Operator.GT: float.__gt__,
    Operator.GTE: float.__ge__,
}


def matcher(expression: Expression, look_up: Looking = looking) -> Matcher:
    """Compile an expression, to be asked of events in which fields are looked up that way."""
    if isinstance(expression, Comparison):
        return _field(expression, look_up)
    if isinstance(expression, Not):
        inner = matcher(expression.of, look_up)
        return lambda event: not inner(event)
    parts = tuple(matcher(part, look_up) for part in expression.of)
    return _all(parts) if isinstance(expression, All) else _some(parts)


def _all(parts: tuple[Matcher, ...]) -> Matcher:
    def all_hold(event: Event) -> bool:
        for part in parts:  # noqa: SIM110  (half again as quick as all())
            if not part(event):
                return False
        return True

    return all_hold


def _some(parts: tuple[Matcher, ...]) -> Matcher:
    def some_holds(event: Event) -> bool:
        for part in parts:  # noqa: SIM110
            if part(event):
                return True
        return False

    return some_holds


def _field(test: Comparison, look_up: Looking) -> Matcher:
    look = look_up(test.field)
    if test.operator is Operator.EXISTS:
        wanted = frozenset(test.values)
        return lambda event: _is_there(look(event)) in wanted
    if test.operator is Operator.FIELDREF:
        return _reference(look, [look_up(str(value)) for value in test.values])
    if not test.every:
        return _asked(look, leaf(test))
    alone = [
        Comparison(test.field, test.operator, (value,), cased=test.cased, flags=test.flags) for value in test.values
    ]
    return _all(tuple(_asked(look, leaf(one)) for one in alone))


def _is_there(value: object) -> bool:
    return any(one is not None for one in leaves(value)) if type(value) is list else value is not None


def _asked(look: Look, matches: Leaf) -> Matcher:
    def asked(event: Event) -> bool:
        value = look(event)
        return any(map(matches, leaves(value))) if type(value) is list else matches(value)

    return asked


def _reference(look: Look, others: list[Look]) -> Matcher:
    """Compare the texts of two fields; one that is missing equals nothing."""

    def same(event: Event) -> bool:
        texts = {text(value).lower() for value in leaves(look(event)) if value is not None}
        return any(
            text(value).lower() in texts for other in others for value in leaves(other(event)) if value is not None
        )

    return same


def text(value: Any) -> str:  # noqa: ANN401
    """Return a value as it would stand in JSON, a text without its quotes, a whole number without a fraction."""
    if type(value) is str:
        return value
    if type(value) is float and value.is_integer():
        return str(int(value))
    return str(value) if type(value) is int else msgspec.json.encode(value).decode()


def leaf(test: Comparison) -> Leaf:
    """Return what says whether one value meets one of a test's values."""
    if test.operator in COMPARISONS:
        return _compared(COMPARISONS[test.operator], [float(value) for value in test.values if value is not None])
    if test.operator is Operator.CIDR:
        return _within([str(value) for value in test.values])
    if test.operator is Operator.RE:
        flags = re.NOFLAG
        for flag in test.flags:
            flags |= re.RegexFlag[flag.upper()]
        return _found([re.compile(needed(str(value)), flags).search for value in test.values])
    return _texts(test)


def _compared(compare: Callable[[float, float], bool], bounds: Iterable[float]) -> Leaf:
    first, *others = bounds

    def compared(value: Any) -> bool:  # noqa: ANN401
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            return False
        try:
            number = float(value)
        except (ValueError, OverflowError):
            return False
        return compare(number, first) or any(compare(number, bound) for bound in others)

    return compared


def _within(networks: Iterable[str]) -> Leaf:
    several = tuple(map(ipaddress.ip_network, networks))

    @remembered
    def within(address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in several)

    return lambda value: type(value) is str and within(value)


def _found(searches: Iterable[Callable[[str], Any]]) -> Leaf:
    several = tuple(searches)
    return lambda value: value is not None and any(search(text(value)) for search in several)


def _texts(test: Comparison) -> Leaf:
    """Compare texts: all at once in a set, or by a method; by regular expressions where one of the values has wildcards."""
    fold: Callable[[str], str] = str if test.cased else str.lower
    null = None in test.values
    patterns = [_pattern(value) for value in test.values if value is not None]
    if all(plain is not None for plain, _ in patterns):
        exact = frozenset(fold(plain) for plain, _ in patterns if plain is not None)
        if test.operator is not Operator.EQUALS:
            return _parts(test.operator, tuple(exact), fold)
        return lambda value: null if value is None else fold(value if type(value) is str else text(value)) in exact
    flags = re.DOTALL if test.cased else re.DOTALL | re.IGNORECASE
    before = ".*" if test.operator in {Operator.CONTAINS, Operator.ENDSWITH} else ""
    after = ".*" if test.operator in {Operator.CONTAINS, Operator.STARTSWITH} else ""
    regexes = [re.compile(_atomic(f"{before}{regex}{after}"), flags).fullmatch for _, regex in patterns]
    return lambda value: null if value is None else any(regex(text(value)) for regex in regexes)


def _atomic(regex: str) -> str:
    """Let each piece between two wildcards be found where it first stands, and not be looked for again: many wildcards cost no more."""
    first, *rest = regex.split(".*")
    if not rest:
        return regex
    *middle, last = rest
    return f"{first}{''.join(f'(?>.*?{piece})' for piece in middle if piece)}.*{last}"


def _parts(operator: Operator, exact: tuple[str, ...], fold: Callable[[str], str]) -> Leaf:
    def contains(value: Any) -> bool:  # noqa: ANN401
        if value is None:
            return False
        own = fold(value if type(value) is str else text(value))
        return any(part in own for part in exact)

    def begins(value: Any) -> bool:  # noqa: ANN401
        return value is not None and fold(value if type(value) is str else text(value)).startswith(exact)

    def ends(value: Any) -> bool:  # noqa: ANN401
        return value is not None and fold(value if type(value) is str else text(value)).endswith(exact)

    return {Operator.CONTAINS: contains, Operator.STARTSWITH: begins, Operator.ENDSWITH: ends}[operator]


def _pattern(value: Scalar) -> tuple[str | None, str]:
    """Return a value as a plain text, which is None where it has wildcards, and as a regular expression."""
    if not isinstance(value, str):
        return text(value), re.escape(text(value))
    plain, regex, wild = "", "", False
    for character in re.findall(r"\\[*?\\]|.", value, re.DOTALL):
        if character in {"*", "?"}:
            wild = True
            regex += ".*" if character == "*" else "."
        else:
            plain += character[-1]
            regex += re.escape(character[-1])
    return (None if wild else plain), regex
