"""Everything that was seen in one account at one time, by kind, and what could not be."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Self

import msgspec

from hexward.inventory.record import Listing, NotCollected, Record
from hexward.model import Gap, Reason

GLOBAL = "aws-global"
"""The region of things that no region holds, such as IAM roles; AWS's own name for it."""


class Derived(Record):
    """A record put together from others; it is never collected."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds it is put together from."""

    @classmethod
    @abstractmethod
    def derive(cls, inventory: "Inventory") -> Listing[Record]:
        """Put all records of this kind together."""

    @classmethod
    def worked_out(cls, one: Record, fields: Mapping[str, Callable[[], object]]) -> Self:
        """Put one together of another, which it shares the ARN with: each field by itself, so that one gap leaves the others known."""
        known: dict[str, object] = {}
        gaps: dict[str, Gap] = {}
        for name, work_out in fields.items():
            try:
                known[name] = work_out()
            except NotCollected as missing:
                gaps[name] = missing.gap
        return cls.partial(gaps, arn=one.arn, account=one.account, region=one.region, **known)

    @classmethod
    def of_each(cls, inventory: "Inventory", makers: Mapping[type[Record], "Maker"]) -> Listing[Record]:
        """Put together whatever the makers make of the records of their kinds; what could not be listed may have been one too."""
        found: list[Record] = []
        gaps: list[NotCollected] = []
        for kind, make in makers.items():
            listing = inventory.of(kind)
            gaps.extend(NotCollected(cls.__name__, gap.gap) for gap in listing.gaps)
            found.extend(made for one in listing.records if (made := make(inventory, one)) is not None)
        return Listing(tuple(found), tuple(gaps))


def collected_for(kinds: Iterable[type[Record]]) -> frozenset[type[Record]]:
    """Return the collected kinds among these, and those that the derived ones are put together from, however deep."""
    found: set[type[Record]] = set()
    todo = list(kinds)
    while todo:
        kind = todo.pop()
        if issubclass(kind, Derived):
            todo.extend(kind.sources_of())
        else:
            found.add(kind)
    return frozenset(found)


type Maker = Callable[["Inventory", Any], Derived | None]
"""Makes a derived record of a collected one; None for one that is none of the kind."""


type Index = tuple[dict[object, Listing[Record]], Listing[Record]]
"""Records by the value of a field, and what is known of a value that none has."""


class Inventory:
    """The records of one account. Immutable once made; look-ups are indexed, so that rules over 50,000 records stay linear."""

    def __init__(
        self,
        account: str,
        collected_at: datetime,
        regions: Iterable[str],
        records: Iterable[Record],
        unlisted: Mapping[tuple[type[Record], str], Gap] | None = None,
        partition: str = "aws",
    ) -> None:
        """Take the records, and for each (kind, region) that could not be listed in full, the gap.

        `collected_at` is an aware time in UTC and the only clock that rules may read.
        """
        self.account = account
        self.partition = partition
        self.collected_at = collected_at
        self.regions = tuple(regions)
        self._records: dict[type[Record], list[Record]] = {}
        for one in records:
            self._records.setdefault(type(one), []).append(one)
        self._unlisted = dict(unlisted or {})
        self._gaps: dict[type[Record], list[tuple[str, Gap]]] = {}
        for (kind, region), gap in sorted(self._unlisted.items(), key=lambda item: item[0][1]):
            self._gaps.setdefault(kind, []).append((region, gap))
        self._listings: dict[type[Record], Listing[Record]] = {}
        self._by: dict[tuple[type[Record], str], Index] = {}

    def __iter__(self) -> Iterator[Record]:
        """Yield every collected record, kind by kind."""
        for records in self._records.values():
            yield from records

    @property
    def kinds(self) -> tuple[type[Record], ...]:
        """The kinds of which at least one record was collected."""
        return tuple(self._records)

    @property
    def unlisted(self) -> dict[tuple[type[Record], str], Gap]:
        """The gaps of whole kinds, by kind and region."""
        return self._unlisted

    def of[R: Record](self, kind: type[R]) -> Listing[R]:
        """Return all records of a kind; loop over it with `readable`, ask it with `exists`."""
        if kind not in self._listings:
            if issubclass(kind, Derived):
                self._listings[kind] = kind.derive(self)
            else:
                gaps = [NotCollected(kind.__name__, gap) for _, gap in self._gaps.get(kind, ())]
                self._listings[kind] = Listing(tuple(self._records.get(kind, ())), tuple(gaps))
        return self._listings[kind]  # type: ignore[return-value]

    def by[R: Record](self, kind: type[R], field: str, value: object) -> Listing[R]:
        """Return the records whose field is, or (a tuple) holds, the value.

        Records whose field was not read might belong too: the listing has a gap for each cause, naming one of them.
        """
        found, none = self._by.get((kind, field)) or self._index(kind, field)
        return found.get(value, none)  # type: ignore[return-value]

    def _index(self, kind: type[Record], field: str) -> Index:
        listing = self.of(kind)
        index: dict[object, list[Record]] = {}
        unread = {(gap.what, gap.gap): gap for gap in listing.gaps}
        for one in listing.records:
            try:
                held = getattr(one, field)
            except NotCollected as missing:
                # One refusal for 10,000 records is one cause: a gap for each would make every look-up cost 10,000.
                cause = msgspec.structs.replace(missing.gap, resource="", detail="")
                unread.setdefault((missing.what, cause), missing.again())
                continue
            for value in dict.fromkeys(held) if isinstance(held, tuple) else (held,):
                index.setdefault(value, []).append(one)
        gaps = tuple(unread.values())
        listings = {value: Listing(tuple(records), gaps) for value, records in index.items()}
        nothing: Listing[Record] = Listing((), gaps)
        self._by[kind, field] = made = (listings, nothing)
        return made

    @cached_property
    def _arns(self) -> dict[tuple[type[Record], str], Record]:
        return {(kind, one.arn): one for kind, records in self._records.items() for one in records}

    def find[R: Record](self, kind: type[R], arn: str, region: str = "") -> R | None:
        """Return the record with this ARN, or None if there is surely none.

        Raises NotCollected where it might exist: the kind was not listed, there, or it is of another account.
        """
        found = self._arns.get((kind, arn))
        if found is not None:
            return found  # type: ignore[return-value]
        parts = arn.split(":")
        account = parts[4] if len(parts) > 5 else ""  # noqa: PLR2004  (an ARN has six parts)
        if account and account != self.account:
            raise NotCollected(kind.__name__, Gap(Reason.NOT_COLLECTED, f"{arn} belongs to another account"))
        place = region or (parts[3] if len(parts) > 5 else "")  # noqa: PLR2004
        for where, gap in self._gaps.get(kind, ()):
            if not place or where in (place, GLOBAL):
                raise NotCollected(kind.__name__, gap)
        if place and place not in (*self.regions, GLOBAL):
            raise NotCollected(kind.__name__, Gap(Reason.NOT_COLLECTED, f"{place} was not asked for", region=place))
        return None
