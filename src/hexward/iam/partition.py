"""Texts fall into classes that no policy can tell apart: one text for every set of patterns that some text matches at once.

A pattern is a row of steps; several patterns are walked side by side, character by character, as `arn.covered` does. Each place
that the walk can reach is looked at once, so what it finds is complete: no text has a set of matches that is not among them.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from functools import lru_cache

from hexward.iam import arn, glob

MOST = 40_000
"""Places that one walk may reach; patterns that need more are made to be difficult."""

type Step = tuple[frozenset[str], bool, bool]
"""Characters; whether they are those that the step refuses, rather than those that it takes; whether it takes any number."""
type Regular = tuple[Step, ...]
type Union = tuple[Regular, ...]
"""Patterns of which a text may match any."""

NONE: frozenset[str] = frozenset()
ANY: Step = (NONE, True, False)
MANY: Step = (NONE, True, True)
DIGIT: Step = (frozenset("0123456789"), False, False)
ACCOUNT: Regular = (DIGIT,) * 12
WILD = frozenset("*?")
FRESH = "xyzwvutsrqponmlkjihgfedcbaXYZWVUTSRQPONMLKJIHGFEDCBA0123456789-_.~"


class TooMany(Exception):  # noqa: N818  (a verdict, not an error of the tool)
    """A question that needs more classes than may be looked at; `construct` names it."""

    def __init__(self, construct: str) -> None:
        """Keep what there is too much of."""
        super().__init__(construct)
        self.construct = construct


def text(value: str, *, any_case: bool = False) -> Regular:
    """Return the pattern of one text, or of all its spellings in upper and lower case."""
    return tuple((frozenset({c.lower(), c.upper()} if any_case else c), False, False) for c in value)


def of_glob(pattern: str, refused: frozenset[str] = NONE) -> Regular:
    """Return the pattern of a glob whose wildcards refuse some characters."""
    steps: list[Step] = []
    for escaped, wildcard, run in glob.TOKEN.findall(pattern):
        if wildcard:
            steps.append((refused, True, wildcard == "*"))
        else:
            steps += text(escaped or run)
    return tuple(steps)


@lru_cache(maxsize=16_384)
def of_arn(pattern: str) -> Regular:
    """Return the pattern of an ARN, whose wildcards stay within one field."""
    colon = frozenset(":")
    return tuple(
        (frozenset(symbol), False, False)
        if len(symbol) == 1
        else (NONE if crosses else colon, True, symbol == arn.MANY)
        for symbol, crosses in arn.tokens(pattern)
    )


def union(patterns: Iterable[str], make: object = of_glob) -> Union:
    """Return globs, or what `make` makes of each, as one union."""
    return tuple(make(one) for one in patterns)  # type: ignore[operator]


def single(pattern: Regular) -> str | None:
    """Return the one text that a pattern matches, or None if it matches several."""
    if any(refused or many or len(chars) != 1 for chars, refused, many in pattern):
        return None
    return "".join(next(iter(chars)) for chars, _, _ in pattern)


@lru_cache(maxsize=8_192)
def classes(predicates: tuple[Union, ...], scope: tuple[Union, ...], banned: frozenset[str] = NONE) -> tuple[str, ...]:
    """Return a text for every set of predicates that a text within the scope can satisfy at once.

    A text is in scope if it matches each union of `scope`; no text holds a banned character. Several texts may satisfy the same
    set. Raises TooMany.
    """
    whole = [[single(one) for one in part] for part in scope]
    for texts in whole:
        if texts and all(one is not None for one in texts):
            walk = _Walk((), scope, banned)
            return tuple(one for one in dict.fromkeys(map(str, texts)) if walk.accepts(one))
    singles = {one for part in predicates for pattern in part if (one := single(pattern)) is not None}
    globs = {tuple(one for one in part if single(one) is None): None for part in predicates}
    added: set[str] = set()
    while True:
        walk = _Walk((*globs, *((text(one),) for one in sorted(added))), scope, banned)
        found = walk.found()
        met = singles.intersection(found) - added
        if not met:
            break
        # A text that stands in a policy cannot speak for others of its class: look for one beside it.
        added |= met
    return tuple(dict.fromkeys((*found, *(one for one in sorted(singles) if walk.accepts(one)))))


class _Walk:
    """All patterns of some unions side by side; bit `n` of a mask says that place `n` is reached."""

    def __init__(self, predicates: Sequence[Union], scope: Sequence[Union], banned: frozenset[str]) -> None:
        self.steps: list[Step | None] = []
        self.start = 0
        self.banned = banned
        known: dict[Regular, int] = {}
        self.ends = [self._ends(part, known)[0] for part in predicates]
        self.scope = [self._ends(part, known) for part in scope]
        symbols = frozenset().union(*(step[0] for step in self.steps if step))
        self.fresh = next((c for c in FRESH if c not in symbols), "\u00e5")
        self.many = _bits(at for at, step in enumerate(self.steps) if step and step[2])
        self.start = self.closed(self.start)
        self._moves: dict[str, tuple[int, int]] = {}

    def _ends(self, part: Union, known: dict[Regular, int]) -> tuple[int, int]:
        """Lay out the patterns of a union; returns the mask of their ends, and that of all their places."""
        ends = places = 0
        for pattern in part:
            if pattern not in known:
                known[pattern] = len(self.steps)
                self.start |= 1 << len(self.steps)
                self.steps += (*pattern, None)
            first = known[pattern]
            ends |= 1 << first + len(pattern)
            places |= ((1 << len(pattern) + 1) - 1) << first
        return ends, places

    def closed(self, mask: int) -> int:
        while (grown := mask | (mask & self.many) << 1) != mask:
            mask = grown
        return mask

    def after(self, mask: int, symbol: str) -> int:
        move = self._moves.get(symbol)
        if move is None:
            taking = _bits(at for at, step in enumerate(self.steps) if step and (symbol in step[0]) is not step[1])
            move = self._moves[symbol] = (taking & ~self.many, taking & self.many)
        return self.closed((mask & move[0]) << 1 | mask & move[1])

    def symbols(self, mask: int) -> list[str]:
        """Return the characters that the places of a mask tell apart: those they name, and one that none of them names."""
        for _, places in self.scope:
            # Where the scope leaves no choice, nothing else needs to be looked at.
            bound, closed = self._named(mask & places)
            if closed:
                return sorted(bound - self.banned)
        return [self.fresh, *sorted(self._named(mask)[0] - self.banned)]

    def _named(self, mask: int) -> tuple[set[str], bool]:
        """Return the characters that places name, and whether they take no others."""
        named: set[str] = set()
        closed = True
        while mask:
            low = mask & -mask
            step = self.steps[low.bit_length() - 1]
            if step is not None:
                named |= step[0]
                closed = closed and not step[1]
            mask ^= low
        return named, closed

    def accepts(self, one: str) -> bool:
        mask = self.start
        for symbol in one:
            mask = self.after(mask, symbol)
        return self.banned.isdisjoint(one) and all(mask & ends for ends, _ in self.scope)

    def found(self) -> tuple[str, ...]:
        """Return the shortest text for every set of predicates, in scope."""
        came: dict[int, tuple[int, str] | None] = {self.start: None}
        todo = deque(came)
        out: dict[tuple[bool, ...], str] = {}
        while todo:
            mask = todo.popleft()
            if all(mask & ends for ends, _ in self.scope):
                vector = self._vector(mask)
                if vector not in out:
                    out[vector] = self._told(came, mask, vector)
            for symbol in self.symbols(mask):
                following = self.after(mask, symbol)
                if following not in came and all(following & places for _, places in self.scope):
                    came[following] = (mask, symbol)
                    todo.append(following)
            if len(came) > MOST:
                raise TooMany(f"more than {MOST} ways in which the patterns of a question can overlap")
        return tuple(out.values())

    def _vector(self, mask: int) -> tuple[bool, ...]:
        return tuple(mask & ends != 0 for ends in self.ends)

    def _told(self, came: dict[int, tuple[int, str] | None], mask: int, vector: tuple[bool, ...]) -> str:
        """Return the text that led to a place; one that ends in a separator is followed by a name, if that changes nothing."""
        out = []
        step = came[mask]
        while step is not None:
            out.append(step[1])
            step = came[step[0]]
        if out and out[0] in "/:":
            longer = self.after(mask, self.fresh)
            if all(longer & ends for ends, _ in self.scope) and self._vector(longer) == vector:
                out.insert(0, self.fresh)
        return "".join(reversed(out))


def _bits(places: Iterable[int]) -> int:
    out = 0
    for at in places:
        out |= 1 << at
    return out
