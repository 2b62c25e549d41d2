"""Whether an EventBridge pattern takes an event: yes, no, or not to be told.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

import ipaddress
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

import msgspec

type Told = bool | None
"""Yes, no, or None where that cannot be told: of what the event was not told to hold, and of words that are not modelled."""

UNTOLD: Final = object()
"""Stands in an event for a value that nobody knows."""


class Partial(dict[str, object]):
    """A structure in an event of which only some members are told; whether it has others is not known."""


COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
WORDS = frozenset({"prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "exists", "cidr"})
"""The words that pose a condition; an alternative of `$or` that begins with one makes `$or` an ordinary name."""


@lru_cache(maxsize=4_096)
def parsed(pattern: str) -> object:
    """Return a pattern's JSON, None for what is none; each text is parsed once."""
    try:
        return msgspec.json.decode(pattern)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def takes(pattern: str, event: Mapping[str, object]) -> Told:
    """Say whether a pattern, as its JSON text, takes an event."""
    fields = parsed(pattern)
    return _object(fields, event) if isinstance(fields, Mapping) and fields else None


def _every(told: Iterable[Told]) -> Told:
    """Say no for one no, else None for one that is not known, else yes."""
    found = set(told)
    return False if False in found else None if None in found else True


def _some(told: Iterable[Told]) -> Told:
    found = set(told)
    return True if True in found else None if None in found else False


def _not(told: Told) -> Told:
    return None if told is None else not told


def _object(fields: Mapping[str, object], within: object) -> Told:
    """Match the fields of a structure; of a list of structures one must have them all.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html#eb-filtering-match-arrays
    """
    if within is UNTOLD:
        return None
    if isinstance(within, list) and within:
        return _some(_object(fields, one) for one in within)
    inside = within if isinstance(within, Mapping) else {}
    return _every(_field(name, wanted, inside) for name, wanted in fields.items())


def _field(name: str, wanted: object, event: Mapping[str, object]) -> Told:
    if name == "$or":
        return _alternatives(wanted, event)
    if "." in name and name not in event:
        # A name with a dot may be read as a path: EventBridge's own engine says that nobody should rely on it.
        return None
    value = event.get(name, UNTOLD if isinstance(event, Partial) else [])
    if isinstance(wanted, Mapping):
        return _object(wanted, value) if wanted else None
    if not isinstance(wanted, list) or not wanted:
        return None
    if value is UNTOLD:
        return None
    leaves = list(_leaves(value))
    return _some(_value(one, leaves) for one in wanted)


def _alternatives(wanted: object, event: Mapping[str, object]) -> Told:
    """Match one structure of several, at the same level as the fields beside it."""
    if not isinstance(wanted, list) or len(wanted) < 2:  # noqa: PLR2004
        return None
    if not all(isinstance(one, Mapping) and one and not WORDS & one.keys() for one in wanted):
        return None
    return _some(_object(one, event) for one in wanted)


def _leaves(value: object) -> Iterator[object]:
    """Yield the plain values of a field: those of a list one by one, none of a structure."""
    if isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif not isinstance(value, Mapping):
        yield value


def _value(wanted: object, leaves: list[object]) -> Told:
    """Match one of the values that a pattern lists for a field against all that the field holds."""
    if not isinstance(wanted, Mapping):
        return _some(_same(wanted, leaf) for leaf in leaves) if not isinstance(wanted, list) else None
    if len(wanted) != 1:
        return None
    [(word, about)] = wanted.items()
    if word == "exists":
        if not isinstance(about, bool):
            return None
        # A field that holds a structure is no leaf, so it counts as absent, as one that holds nothing does.
        return bool(leaves) is about
    condition = CONDITIONS.get(word)
    return None if condition is None else _some(condition(about, leaf) for leaf in leaves)


def _same(wanted: object, leaf: object) -> Told:
    """Compare plain values.

    AWS's guide says that numbers are compared as they are written, so that 8 and 8.0 differ; its engine compares what they mean.
    Where the two disagree nothing is told.
    """
    if leaf is UNTOLD:
        return None
    if _is_number(wanted) and _is_number(leaf):
        return False if wanted != leaf else True if isinstance(wanted, int) and isinstance(leaf, int) else None
    return type(wanted) is type(leaf) and wanted == leaf


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _text(compare: Callable[[str, str], Told]) -> Callable[[object, object], Told]:
    """Make a condition of a comparison of texts; a value that is none does not meet it."""

    def condition(about: object, leaf: object) -> Told:
        if not isinstance(about, str) or leaf is UNTOLD:
            return None
        return compare(leaf, about) if isinstance(leaf, str) else False

    return condition


def _folding(compare: Callable[[object, object], Told]) -> Callable[[object, object], Told]:
    """Let a condition on the beginning or end of a text be told to ignore case: `{"prefix": {"equals-ignore-case": "a"}}`."""

    def condition(about: object, leaf: object) -> Told:
        if not isinstance(about, Mapping):
            return compare(about, leaf)
        inner = about.get("equals-ignore-case")
        if len(about) != 1 or not isinstance(inner, str):
            return None
        return compare(inner.lower(), leaf.lower() if isinstance(leaf, str) else leaf)

    return condition


def wildcard(leaf: str, about: str) -> Told:
    """Match a text with `*` for any characters; a backslash before `*` or a backslash stands for that character itself."""
    parts, rest = [""], iter(about)
    for character in rest:
        if character == "\\":
            escaped = next(rest, "")
            if escaped not in {"*", "\\"}:
                return None
            parts[-1] += escaped
        elif character == "*":
            parts.append("")
        else:
            parts[-1] += character
    if "**" in about.replace("\\\\", "").replace("\\*", ""):
        return None
    first, *middle = parts
    if not middle:
        return leaf == first
    last = middle.pop()
    if len(leaf) < len(first) + len(last) or not (leaf.startswith(first) and leaf.endswith(last)):
        return False
    at, end = len(first), len(leaf) - len(last)
    for part in middle:
        found = leaf.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _numeric(about: object, leaf: object) -> Told:
    """Match a number by comparisons that all hold: `[">", 0, "<=", 5]`."""
    if not isinstance(about, list) or not about or len(about) % 2 or leaf is UNTOLD:
        return None
    pairs = list(zip(about[::2], about[1::2], strict=True))
    if not all(isinstance(sign, str) and sign in COMPARISONS and _is_number(bound) for sign, bound in pairs):
        return None
    return _is_number(leaf) and all(COMPARISONS[sign](leaf, bound) for sign, bound in pairs)  # type: ignore[arg-type]


def _cidr(about: object, leaf: object) -> Told:
    if not isinstance(about, str) or leaf is UNTOLD:
        return None
    try:
        network = ipaddress.ip_network(about, strict=False)
    except ValueError:
        return None
    try:
        return isinstance(leaf, str) and ipaddress.ip_address(leaf) in network
    except ValueError:
        return False


def _anything_but(about: object, leaf: object) -> Told:
    """Match what is none of some values, or does not meet one of the conditions on texts."""
    if isinstance(about, Mapping):
        if len(about) != 1:
            return None
        [(word, texts)] = about.items()
        condition = CONDITIONS.get(word) if word in {"prefix", "suffix", "equals-ignore-case", "wildcard"} else None
        if condition is None or not isinstance(leaf, str):
            return None
        return _not(_some(condition(one, leaf) for one in (texts if isinstance(texts, list) else [texts])))
    excluded = about if isinstance(about, list) else [about]
    if not excluded or not all(isinstance(one, str) or _is_number(one) for one in excluded):
        return None
    return _not(_some(_same(one, leaf) for one in excluded))


CONDITIONS: Mapping[str, Callable[[object, object], Told]] = {
    "prefix": _folding(_text(str.startswith)),
    "suffix": _folding(_text(str.endswith)),
    "equals-ignore-case": _text(lambda leaf, about: leaf.lower() == about.lower()),
    "wildcard": _text(wildcard),
    "numeric": _numeric,
    "cidr": _cidr,
    "anything-but": _anything_but,
}
"""What each word asks of one plain value; None for what it cannot be asked."""
