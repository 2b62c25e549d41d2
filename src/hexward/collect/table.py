"""How a kind of record is collected, as data: which call lists it, which calls describe each one.

The IAM policy that Hexward needs, the count of calls that an audit takes, and the check of every path against AWS's own shapes
are all read from these tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hexward.aws import Answer
from hexward.inventory import Record
from hexward.model import Gap

type Answers = Mapping[str, Any]
"""What the calls about one thing have answered so far, by call; the listing's item is under the listing's call."""


@dataclass(frozen=True, slots=True)
class Call:
    """One API call.

    Argument values that begin with `$` are filled in: `$account`, `$since` (the oldest job worth seeing), or a path into the listed
    item (`$KeyId`; `$` alone is the item itself). `absent` names error codes that mean "not set". `needed` says, from the answers so
    far, whether the call is worth making; the fields of a call that was not needed are None.
    """

    operation: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    needed: Callable[[Answers], bool] | None = None


type Ask = Callable[[Call], Answer]
"""Makes a call in the place that is being collected."""


@dataclass(frozen=True, slots=True)
class Report:
    """One answer that tells something of every listed thing, such as IAM's credential report.

    `fetch` returns the part of each thing by the value of the item's `key`, or the gap. `call` is the call whose fields it fills;
    `calls` are all the operations that `fetch` makes.
    """

    call: str
    calls: tuple[str, ...]
    key: str
    fetch: Callable[[Ask], Mapping[str, object] | Gap]


@dataclass(frozen=True, slots=True)
class Table:
    """How one kind is collected from one service.

    `items` is the path of the list in the listing's answer (`Keys[]`), empty where the answer itself is the one record of a region.
    `arn` is a template over the item's members, `{partition}`, `{account}` and `{region}`. `everywhere` is False for services that
    are asked once. `place` reads the region of one thing, where one listing spans regions; None where it is not told. `keep` leaves
    out listed things of no interest before they cost a call.
    """

    record: type[Record]
    service: str
    listing: Call
    items: str
    arn: str
    details: tuple[Call, ...] = ()
    report: Report | None = None
    everywhere: bool = True
    place: Callable[[Answers], object] | None = None
    keep: Callable[[Mapping[str, Any]], bool] | None = None

    @property
    def calls(self) -> tuple[str, ...]:
        """Return every call that the table may make, as `client:Operation`."""
        operations = [self.listing.operation, *(call.operation for call in self.details)]
        reported = self.report.calls if self.report is not None else ()
        return tuple(f"{self.service}:{operation}" for operation in (*operations, *reported))
