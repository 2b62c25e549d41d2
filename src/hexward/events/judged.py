"""What comes of records whose briefs were judged, and counts once the document that they stand in has proved to be sound."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hexward.events.brief import Brief
from hexward.events.kind import Kind

type Keep = Callable[[], None]
"""Keeps what was found, once it is known that what it was found in is sound."""
type Judge = Callable[[Sequence[Brief], Sequence[Kind]], tuple[Sequence[int], Keep]]
"""Takes briefs with the kind of each; returns the places of those that are wanted in full, and what keeps the rest."""


def in_full(_: Sequence[Brief], kinds: Sequence[Kind]) -> tuple[Sequence[int], Keep]:
    """Want all in full of which anything is wanted."""
    return [place for place, kind in enumerate(kinds) if kind.wanted], lambda: None


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in a list of records, which `text` returns and which stands `base` bytes into a file."""

    text: Callable[[], bytes]
    base: int
    kinds: Sequence[Kind]
    places: Sequence[int]
    keep: Keep
