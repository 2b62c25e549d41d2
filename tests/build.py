"""Builds records and inventories for tests: only the fields that a test names are known, every other one is a gap."""

from collections.abc import Mapping
from datetime import UTC, datetime

from hexward.controls import Control, Verdict
from hexward.controls import judge as judge_in
from hexward.inventory import GLOBAL, Derived, Inventory, Listing, Record
from hexward.model import Gap

ACCOUNT = "111122223333"
REGION = "us-east-1"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""When every test's inventory was collected; a Monday."""


def seen[R: Record](kind: type[R], arn: str = "", *, region: str = REGION, **fields: object) -> R:
    """Build a record of which just these fields were read."""
    return kind.partial({}, arn=arn or f"arn:aws:test:{region}:{ACCOUNT}:{kind.__name__.lower()}", account=ACCOUNT,
                        region=region, **fields)  # fmt: skip


class Given(Inventory):
    """An inventory whose derived records were given, rather than put together from others."""

    def of[R: Record](self, kind: type[R]) -> Listing[R]:
        """Return the records of a kind as they were given."""
        if issubclass(kind, Derived) and kind in self.kinds:
            return Listing(tuple(one for one in self if isinstance(one, kind)))
        return super().of(kind)


def inventory(*records: Record, unlisted: Mapping[tuple[type[Record], str], Gap] | None = None) -> Inventory:
    """Build the inventory of an account in which these records are all there is, but for what is unlisted.

    Workloads may be given as such: then they are not put together from notebooks, jobs and endpoints.
    """
    regions = sorted({r.region for r in records if r.region != GLOBAL} | {REGION})
    return Given(ACCOUNT, NOW, regions, records, unlisted)


def judge(control: Control, record: Record, *others: Record) -> Verdict:
    """Judge a record in an inventory of it and the others."""
    return judge_in(control, record, inventory(record, *others))
