"""One dimension of a question: classes of actions, resources, callers or values of a key, and which parts of statements take in which."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from hexward.iam.doubt import Answer, Doubt
from hexward.iam.partition import TooMany

MOST = 4_096
DOUBTS = 6
"""Parts that may be in doubt over one class: each doubles it, once for yes and once for no."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """Classes, each shown by a value; `masks` say of each part of a statement which classes it takes in.

    A class over which the evaluator is in doubt stands there once for each way that the doubt can be settled, so that every statement
    that says the same is settled alike; `doubts` names what is in doubt, and is empty for a class that is certain.
    """

    values: tuple[object, ...]
    groups: tuple[int, ...]
    """The class that each bit of a mask belongs to; the ways to settle one class share a number."""
    doubts: tuple[str, ...]
    masks: Mapping[Hashable, int]

    @property
    def whole(self) -> int:
        """The mask of all classes."""
        return (1 << len(self.values)) - 1

    def settled(self, mask: int) -> tuple[tuple[object, ...], str]:
        """Return the values of a mask that are certain, first ones first; or none, and what is in doubt."""
        certain = [at for at in range(len(self.values)) if mask >> at & 1 and not self.doubts[at]]
        # Both ways to settle a doubt are in the mask: then it does not matter.
        ways: dict[int, list[int]] = {}
        for at, group in enumerate(self.groups):
            ways.setdefault(group, []).append(at)
        certain += [ats[0] for ats in ways.values() if self.doubts[ats[0]] and all(mask >> at & 1 for at in ats)]
        if certain:
            return tuple(self.values[at] for at in certain), ""
        return (), next(self.doubts[at] for at in range(len(self.values)) if mask >> at & 1)


def dimension(values: Iterable[object], parts: Mapping[Hashable, Callable[[object], Answer]]) -> Dimension:
    """Put each value to each part; values that no part tells apart become one class. Raises TooMany."""
    seen: set[tuple[bool | None, ...]] = set()
    shown: list[object] = []
    groups: list[int] = []
    doubts: list[str] = []
    rows: list[tuple[bool, ...]] = []
    for value in values:
        answers = [ask(value) for ask in parts.values()]
        vector = tuple(None if isinstance(answer, Doubt) else answer for answer in answers)
        if vector in seen:
            continue
        seen.add(vector)
        if vector.count(None) > DOUBTS:
            raise TooMany(next(answer.construct for answer in answers if isinstance(answer, Doubt)))
        doubt = next((answer.construct for answer in answers if isinstance(answer, Doubt)), "")
        ways = list(product(*((answer,) if answer is not None else (False, True) for answer in vector)))
        rows += ways
        shown += [value] * len(ways)
        groups += [len(seen)] * len(ways)
        doubts += [doubt] * len(ways)
        if len(rows) > MOST:
            raise TooMany(f"more than {MOST} classes of one thing that a question speaks of")
    masks = {part: sum(1 << at for at, row in enumerate(rows) if row[column]) for column, part in enumerate(parts)}
    return Dimension(tuple(shown), tuple(groups), tuple(doubts), masks)
