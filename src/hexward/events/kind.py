"""Kinds of CloudTrail's events: what is remembered of each, so that millions of events are told apart by a look."""

from collections.abc import Callable

from hexward.events.log import DataSource, Log, data_source
from hexward.events.values import is_short

type Wanted = Callable[[Log, tuple[str | None, ...]], bool]
"""Says whether a record is to be read in full, given the values of its log's early fields."""

KNOWN_MOST = 50_000


class Kind:
    """What is remembered of one kind of CloudTrail events. Two are never the same, which makes them quick to count and to look up."""

    __slots__ = ("source", "wanted")

    def __init__(self, source: DataSource, *, wanted: bool) -> None:
        """Say of which data source it is, and whether any rule asks for it."""
        self.source = source
        self.wanted = wanted


class Kinds(dict[tuple[str, str, str | None], Kind]):
    """Remembers of each kind of CloudTrail events whether it is wanted, and its data source."""

    def __init__(self, wanted: Wanted) -> None:
        """Start with none."""
        super().__init__()
        self.wanted = wanted

    def __missing__(self, early: tuple[str, str, str | None]) -> Kind:
        """Ask of a kind that is not remembered."""
        if len(self) >= KNOWN_MOST:
            self.clear()
        found = Kind(data_source(early[0], early[1]), wanted=self.wanted(Log.CLOUDTRAIL, early))
        if is_short(*early):
            self[early] = found
        return found
