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
    item (`$KeyId`), or else into the thing above it; in a detail call also `$arn`, the name that the table gives the thing. `absent`
    names error codes that mean "not set"; where a service uses one code for that and for a refusal, the beginning of the message
    follows it: `AccessDeniedException: Macie is not enabled`. `needed` says, from the answers so far, whether the call is worth
    making; the fields of a call that was not needed are None. `service` is the client, where it is not the table's.
    """

    operation: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    needed: Callable[[Answers], bool] | None = None
    service: str = ""


type Ask = Callable[[Call], Answer]
"""Makes a call in the place that is being collected."""


@dataclass(frozen=True, slots=True)
class Report:
    """One answer that tells something of every listed thing, such as IAM's credential report.

    `fetch` returns the part of each thing by the value of the item's `key` (of the one thing of a place: under an empty key), or the
    gap. `call` is the call whose fields it fills;
    `calls` are all the operations that `fetch` makes.
    """

    call: str
    calls: tuple[str, ...]
    key: str
    fetch: Callable[[Ask], Mapping[str, object] | Gap]


@dataclass(frozen=True, slots=True)
class Within:
    """What a kind lies in, such as the detector of a filter: the listing is made once for each thing that this call lists.

    `items` and `text` are as a table's.
    """

    call: Call
    items: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A call that describes many listed texts at once; what it lists takes the place of the texts.

    The argument whose value is `$batch` is filled with at most `size` texts.
    """

    call: Call
    items: str
    size: int


@dataclass(frozen=True, slots=True)
class Table:
    """How one kind is collected from one service. A kind has one table.

    `items` is the path of the list in the listing's answer (`Keys[]`), empty where the answer itself is the one record of a region.
    `text` is the name that a listed thing is given where AWS lists plain texts: `TableName` stands for `{"TableName": "orders"}`.
    `arn` is a template over the item's members, those of the thing it lies `within`, `{partition}`, `{account}` and `{region}`.
    `everywhere` is False for services that are asked once. `place` reads the region of one thing, where one listing spans regions;
    None where it is not told. `keep` leaves out listed things of no interest before they cost a call.
    """

    record: type[Record]
    service: str
    listing: Call
    items: str
    arn: str
    text: str = ""
    within: Within | None = None
    batch: Batch | None = None
    details: tuple[Call, ...] = ()
    report: Report | None = None
    everywhere: bool = True
    place: Callable[[Answers], object] | None = None
    keep: Callable[[Mapping[str, Any]], bool] | None = None

    def name(self, call: Call) -> str:
        """Return a call as `client:Operation`."""
        return f"{call.service or self.service}:{call.operation}"

    @property
    def calls(self) -> tuple[str, ...]:
        """Return every call that the table may make, the listing first."""
        batch = () if self.batch is None else (self.batch.call,)
        within = () if self.within is None else (self.within.call,)
        reported = () if self.report is None else (f"{self.service}:{name}" for name in self.report.calls)
        return (*(self.name(call) for call in (self.listing, *batch, *self.details, *within)), *reported)

    @property
    def told_by(self) -> str:
        """Return the call that tells the things one by one: the batch's, or the listing itself."""
        return self.name(self.listing if self.batch is None else self.batch.call)

    @property
    def told_at(self) -> str:
        """Return the path of the list in that call's answer."""
        return self.items if self.batch is None else self.batch.items
