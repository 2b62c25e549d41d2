"""Chores: the listing calls that a collection makes, each once in each region for all the tables that its answer feeds."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from hexward.collect.table import Call, Table
from hexward.inventory import GLOBAL, Record


@dataclass(frozen=True, slots=True)
class Chore:
    """One listing call in one region, and the tables that its answer feeds."""

    tables: tuple[Table, ...]
    region: str

    @property
    def service(self) -> str:
        """The client that lists."""
        return self.tables[0].service

    @property
    def listing(self) -> Call:
        """The call that lists."""
        return self.tables[0].listing

    def __str__(self) -> str:
        """Name it for the progress line."""
        return f"{self.service} {self.listing.operation} {self.region}"


def chores(
    wanted: Iterable[Table], regions: Iterable[str], whole: Container[tuple[type[Record], str]] = ()
) -> list[Chore]:
    """Group tables whose listing is the same call with the same arguments, and spread them over the regions.

    Global services come once. What is `whole` was listed before, kind and region, and is left out.
    """
    groups: list[list[Table]] = []
    for table in wanted:
        same = next((group for group in groups if _lists_as(group[0], table)), None)
        if same is None:
            groups.append([table])
        else:
            same.append(table)
    places = tuple(regions)
    todo = [(group, region) for group in groups for region in (places if group[0].everywhere else (GLOBAL,))]
    missing = ((tuple(t for t in group if (t.record, region) not in whole), region) for group, region in todo)
    return [Chore(tables, region) for tables, region in missing if tables]


def _lists_as(one: Table, other: Table) -> bool:
    def listing(table: Table) -> tuple[object, ...]:
        return table.service, table.listing, table.within, table.everywhere

    return listing(one) == listing(other)
