"""ARNs and ARN patterns: six fields parted by colons, of which the last may hold colons of its own.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hexward.iam import glob
from hexward.iam.doubt import Answer, Doubt

FIELDS = 6
PAIRS, SETS = 1_000_000, 20_000
"""How many states a comparison of two patterns, or of one with several, may visit; those that need more are made to be difficult."""


def fields(pattern: str) -> tuple[str, ...]:
    """Split an ARN pattern into its six fields; fields that are missing at its end are `*`."""
    found = tuple(pattern.split(":", FIELDS - 1))
    return found + ("*",) * (FIELDS - len(found))


@dataclass(frozen=True, slots=True)
class Pattern:
    """An ARN with wildcards, which stay within one field; `head` is everything before the last field, if that is fixed.

    `loose`, where there is one, takes whatever it may mean if a `*` at the end of a field goes on over colons, and more.
    """

    text: str
    head: str | None
    parts: tuple[tuple[int, glob.Matcher], ...]
    loose: glob.Matcher | None

    def matches(self, arn: str, found: Sequence[str]) -> bool:
        """Say whether an ARN matches; `found` is the same ARN, split into its six fields."""
        if self.head is not None:
            return arn.startswith(self.head) and all(part(found[at]) for at, part in self.parts)
        return all(part(found[at]) for at, part in self.parts)


@lru_cache(maxsize=65_536)
def pattern(text: str) -> Pattern:
    """Compile an ARN pattern whose text begins with `arn:`."""
    split = fields(text)
    fixed = not any(glob.WILD.search(field) for field in split[:-1])
    head = ":".join(split[:-1]) + ":" if fixed else None
    first = FIELDS - 1 if fixed else 0
    parts = ((at, glob.matcher(split[at])) for at in range(first, FIELDS) if not glob.everything(split[at]))
    return Pattern(text, head, tuple(parts), None if fixed or not _expands(text) else _loose(f"{text}*"))


def _loose(wide: str) -> glob.Matcher:
    def matches(arn: str) -> object:
        # Few patterns are ever asked, so that none is compiled before.
        return glob.matcher(wide)(arn)

    return matches


def _expands(text: str) -> bool:
    """Say whether a `*` ends a field behind which there is something else than `*`."""
    split = text.split(":", FIELDS - 1)
    while len(split) > 1 and glob.everything(split[-1]):
        split.pop()
    return any(_open(field) for field in split[:-1])


def _open(field: str) -> bool:
    return field.endswith("*") and (len(field) - len(field[:-1].rstrip("\\"))) % 2 == 1


MANY, ONE = "many", "one"

type Token = tuple[str, bool]
"""A step of a pattern: a character, ONE or MANY; and whether it may be a colon, of which the first five fields have none."""


@lru_cache(maxsize=4_096)
def tokens(text: str) -> tuple[Token, ...]:
    """Return an ARN pattern as steps; a run of wildcards becomes its `?`s and then one `*`."""
    return _steps(fields(text), last=True, ends=False)


def _steps(split: Sequence[str], *, last: bool, ends: bool) -> tuple[Token, ...]:
    """Return fields as steps; wildcards of the `last` of six may be colons, and a `*` that `ends` one of them."""
    steps: list[Token] = []
    for at, field in enumerate(split):
        colon = last and at == FIELDS - 1
        if at:
            steps.append((":", True))
        for run in re.findall(r"[*?]+|\\.|[^*?\\]", field, re.DOTALL):
            if run[0] in "*?":
                steps += [(ONE, colon)] * run.count("?") + [(MANY, colon)] * ("*" in run)
            else:
                steps.append((run[-1], True))
        if ends and _open(field):
            steps[-1] = (MANY, True)
    return tuple(steps)


@lru_cache(maxsize=4_096)
def _expanded(text: str) -> tuple[tuple[Token, ...], ...]:
    """Return what an ARN pattern means if a `*` at the end of a field expands over colons: as it stands, and with its missing fields."""
    readings = dict.fromkeys((tuple(text.split(":", FIELDS - 1)), fields(text)))
    return tuple(_steps(one, last=True, ends=True) for one in readings)


@lru_cache(maxsize=4_096)
def _ordinary(text: str) -> tuple[Token, ...]:
    """Return as steps what an ARN pattern means, but for ARNs with a colon where it has a wildcard."""
    return _steps(fields(text), last=False, ends=False)


def by_expansion(one: Pattern, arn: str) -> Answer:
    """Say whether an ARN matches a pattern only if that expands: False, or in doubt.

    "If the * wildcard is the last character of a resource ARN segment, it can expand to match beyond the colon boundaries"; when it
    does, AWS does not say. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    if one.loose is None or not one.loose(arn):
        return False
    whole = _ordinary(glob.literal(arn))
    return _doubt(one, arn) if any(_meeting(steps, whole) is not False for steps in _expanded(one.text)) else False


def all_by_expansion(one: Pattern, pattern: str, *, some: bool) -> Answer:
    """Say the same of all ARNs of a pattern, or of `some`."""
    if one.loose is None:
        return False
    asked, readings = _ordinary(pattern), _expanded(one.text)
    found = (
        any(_meeting(steps, asked) is not False for steps in readings)
        if some
        else any(_absorbs(steps, asked) for steps in readings)
    )
    return _doubt(one, pattern) if found else False


def _doubt(one: Pattern, arn: str) -> Doubt:
    return Doubt(f"whether a * of {one.text} expands over colons, to mean {arn}")


def _takes(step: Token, symbol: str) -> bool:
    return step[0] == symbol or (len(step[0]) > 1 and (step[1] or symbol != ":"))


def intersect(one: str, other: str) -> Answer:
    """Say whether some ARN matches both patterns; in doubt if that takes too long to find out."""
    found = _meeting(tokens(one), tokens(other))
    return Doubt(f"whether {one} meets {other}") if found is None else found


def _meeting(left: tuple[Token, ...], right: tuple[Token, ...]) -> bool | None:
    def after(state: tuple[int, int]) -> list[tuple[int, int]]:
        """Skip a `*` of either, or let both take one more character."""
        i, j = state
        out = [(i + 1, j)] if i < len(left) and left[i][0] == MANY else []
        out += [(i, j + 1)] if j < len(right) and right[j][0] == MANY else []
        if i < len(left) and j < len(right) and _meet(left[i], right[j]):
            out.append((i + (left[i][0] != MANY), j + (right[j][0] != MANY)))
        return out

    return _reaches((0, 0), after, (len(left), len(right)).__eq__, PAIRS)


def _reaches[State](
    start: State, after: Callable[[State], list[State]], wanted: Callable[[State], object], most: int
) -> bool | None:
    """Say whether a wanted state can be reached from a first one; None if more than `most` would have to be looked at."""
    todo, seen = [start], {start}
    while todo:
        state = todo.pop()
        if wanted(state):
            return True
        if len(seen) > most:
            return None
        fresh = [one for one in after(state) if one not in seen]
        seen.update(fresh)
        todo += fresh
    return False


def _meet(one: Token, other: Token) -> bool:
    if len(one[0]) == 1:
        return _takes(other, one[0])
    return len(other[0]) > 1 or _takes(one, other[0])


def covered(text: str, others: Sequence[str]) -> Answer:
    """Say whether every ARN that matches `text` matches one of `others`; in doubt if that takes too long to find out.

    It walks `text` and, at the same time, the set of all places where the others can stand, one bit a place, in search of
    an ARN that none of the others takes.
    """
    steps = tokens(text)
    if any(_absorbs(tokens(other), steps) for other in others):
        return True
    places = _Places([tokens(other) for other in others])

    def after(state: tuple[int, int]) -> list[tuple[int, int]]:
        at, mask = state
        if at == len(steps):
            return []
        step = steps[at]
        out = [(at + 1, mask)] if step[0] == MANY else []
        symbols = [step[0]] if len(step[0]) == 1 else [one for one in places.symbols if _takes(step, one)]
        return out + [(at + (step[0] != MANY), places.after(mask, symbol)) for symbol in symbols]

    def missed(state: tuple[int, int]) -> bool:
        return state[0] == len(steps) and not state[1] & places.ends

    most = SETS * 1_000 // max(1_000, len(places.steps))
    found = _reaches((0, places.start), after, missed, most)
    return Doubt(f"whether {text} lies within {', '.join(others)}") if found is None else not found


def _absorbs(wide: tuple[Token, ...], steps: tuple[Token, ...]) -> bool:
    """Say whether one pattern takes in another step by step: quick, and enough for all that people write."""

    def after(state: tuple[int, int]) -> list[tuple[int, int]]:
        i, j = state
        out = [(i + 1, j)] if i < len(wide) and wide[i][0] == MANY else []
        if i < len(wide) and j < len(steps) and _swallows(wide[i], steps[j]):
            out.append((i + (wide[i][0] != MANY), j + 1))
        return out

    return _reaches((0, 0), after, (len(wide), len(steps)).__eq__, PAIRS) is True


def _swallows(wide: Token, step: Token) -> bool:
    if len(step[0]) == 1:
        return _takes(wide, step[0])
    return (wide[1] or not step[1]) and (wide[0] == MANY or (wide[0] == ONE and step[0] == ONE))


class _Places:
    """Several patterns side by side; bit `n` of a mask says that place `n` is reached."""

    def __init__(self, patterns: Sequence[Sequence[Token]]) -> None:
        self.steps = [step for steps in patterns for step in (*steps, None)]
        self.ends = _mask(step is None for step in self.steps)
        self.many = _mask(step is not None and step[0] == MANY for step in self.steps)
        literals = {step[0] for step in self.steps if step and len(step[0]) == 1}
        self.symbols = sorted(literals | {":", "\0"})
        # Behind each end but the last, another pattern begins.
        self.start = self.closed((self.ends << 1 | 1) & ~(1 << len(self.steps)))
        self._moves: dict[str, tuple[int, int]] = {}

    def closed(self, mask: int) -> int:
        while (grown := mask | (mask & self.many) << 1) != mask:
            mask = grown
        return mask

    def after(self, mask: int, symbol: str) -> int:
        if symbol not in self._moves:
            taking = _mask(step is not None and _takes(step, symbol) for step in self.steps)
            self._moves[symbol] = (taking & ~self.many, taking & self.many)
        move, stay = self._moves[symbol]
        return self.closed((mask & move) << 1 | mask & stay)


def _mask(flags: Iterable[bool]) -> int:
    return int("".join("01"[flag] for flag in flags)[::-1] or "0", 2)
