"""Boxes: for each dimension of a question, a set of classes, as the bits of a number; a dimension that is left out is whole.

A statement is a box, for its parts bear on one dimension each. What several statements leave of another is found by cutting.
"""

from collections.abc import Iterator, Sequence

from hexward.iam.partition import TooMany

type Box = dict[str, int]

MOST = 100_000
"""Boxes that one search may cut."""


def meet(one: Box, other: Box) -> Box | None:
    """Return what two boxes have in common, or None."""
    if len(one) < len(other):
        one, other = other, one
    out = dict(one)
    for name, mask in other.items():
        both = mask & out.get(name, mask)
        if not both:
            return None
        out[name] = both
    return out


def within(one: Box, other: Box) -> bool:
    """Say whether a box lies within another."""
    return all(name in one and not one[name] & ~mask for name, mask in other.items())


def apart(one: Box, other: Box) -> bool:
    """Say whether two boxes have nothing in common."""
    return any(name in one and not one[name] & mask for name, mask in other.items())


class Cutter:
    """Cuts boxes out of boxes, and gives up when there are too many pieces."""

    def __init__(self, whole: Box) -> None:
        """Take the box of everything, with a mask for each dimension."""
        self.whole = whole
        self.cut = 0

    def left(self, box: Box, minus: Sequence[Box]) -> Iterator[Box]:
        """Yield pieces that together are a box without others. Raises TooMany."""
        todo = [(box, tuple(minus))]
        while todo:
            piece, rest = todo.pop()
            self.cut += 1
            if self.cut > MOST:
                raise TooMany(f"more than {MOST} combinations of statements that overlap")
            rest = tuple(one for one in rest if not apart(piece, one))
            if any(within(piece, one) for one in rest):
                continue
            if not rest:
                yield piece
                continue
            first = min(rest, key=len)
            later = tuple(one for one in rest if one is not first)
            todo += [(one, later) for one in self._split(piece, first)]

    def _split(self, piece: Box, minus: Box) -> Iterator[Box]:
        """Yield what is left of a piece without one box, dimension by dimension."""
        for name, mask in minus.items():
            held = piece.get(name, self.whole[name])
            if held & ~mask:
                yield {**piece, name: held & ~mask}
            piece = {**piece, name: held & mask}
