"""Records of CloudTrail's in brief: who did what, when and from where, read of every one before any is read in full."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from hexward.events.caller import PLAIN, Caller
from hexward.events.cloudtrail import WORDS
from hexward.events.event import Acted

ABSENT = msgspec.Raw()
ANY = msgspec.json.Decoder()


class Look(msgspec.Struct, gc=False):
    """The fields of a record by which rules are chosen, read before all others."""

    eventSource: str  # noqa: N815  (CloudTrail's own spelling)
    eventName: str  # noqa: N815
    errorCode: str | None = None  # noqa: N815


class Brief(msgspec.Struct, gc=False, kw_only=True):
    """Who did what, when and from where: to read so much of all records costs little more than to pass over them.

    What was asked is kept as it stands, and read when a rule wants to know. The members stand in the order in which CloudTrail writes
    them, in which they are found soonest.
    """

    userIdentity: msgspec.Raw = ABSENT  # noqa: N815
    eventTime: str | None = None  # noqa: N815
    eventSource: str  # noqa: N815
    eventName: str  # noqa: N815
    awsRegion: str | None = None  # noqa: N815
    sourceIPAddress: str | None = None  # noqa: N815
    errorCode: str | None = None  # noqa: N815
    errorMessage: Any = None  # noqa: N815
    requestParameters: msgspec.Raw = ABSENT  # noqa: N815
    additionalEventData: msgspec.Raw = ABSENT  # noqa: N815
    eventID: str | None = None  # noqa: N815
    readOnly: Any = None  # noqa: N815
    resources: msgspec.Raw = ABSENT
    recipientAccountId: str | None = None  # noqa: N815
    vpcEndpointId: str | None = None  # noqa: N815
    sessionCredentialFromConsole: str | None = None  # noqa: N815


_PLAIN = frozenset(
    {
        "awsRegion",
        "errorCode",
        "errorMessage",
        "eventID",
        "eventName",
        "eventSource",
        "readOnly",
        "recipientAccountId",
        "sessionCredentialFromConsole",
        "sourceIPAddress",
    }
    | {"vpcEndpointId", *(f"userIdentity.{name}" for name in PLAIN)}
)
RAW = frozenset({"requestParameters", "additionalEventData", "resources"})


def tells(field: str) -> bool:
    """Say whether the brief of a record tells a field, as rules name it, as well as the whole does."""
    return field in _PLAIN or field.partition(".")[0] in RAW


class Told:
    """An event as far as its brief tells it. Its fields are asked as those of the whole are, and a structure is made when it is asked for.

    `settled` are Hexward's own words that are known already; `words` work out more of them.
    """

    __slots__ = ("_read", "_settled", "_words", "brief", "caller", "principal", "time")

    def __init__(
        self,
        brief: Brief,
        caller: Caller,
        time: int,
        settled: Mapping[str, object],
        words: Mapping[str, Callable[[Acted], object]],
    ) -> None:
        """Take a brief, who acted, and when: milliseconds since 1970."""
        self.brief = brief
        self.time = time
        self.caller = caller
        self.principal = caller.by.principal
        self._settled = settled
        self._words = words
        self._read: dict[str, Any] = {}

    @property
    def account(self) -> str:
        """The account that the call was made in."""
        return self.brief.recipientAccountId or self.caller.identity.accountId or ""

    @property
    def region(self) -> str:
        """The region that it was made in."""
        return self.brief.awsRegion or ""

    @property
    def fields(self) -> "Told":
        """The event itself, which is asked for fields."""
        return self

    def get(self, name: str, /) -> Any:  # noqa: ANN401  (as parsed JSON is)
        """Return a field that the brief tells, or one of Hexward's words; None for one that is not there.

        Raises one of `split.NOT_JSON` for one that can only be read with the whole record.
        """
        if name == "hexward":
            # No field that is told has the name of a word, so the event stands for its words too.
            return self
        if name in self._settled:
            return self._settled[name]
        if name not in self._read:
            self._read[name] = self._found(name)
        return self._read[name]

    def _found(self, name: str) -> Any:  # noqa: ANN401
        if name in RAW:
            raw = getattr(self.brief, name)
            return ANY.decode(raw) if raw is not ABSENT else None
        if name in _PLAIN:
            return getattr(self.brief, name)
        if name == "userIdentity":
            return self.caller.identity.members()
        work_out = self._words.get(name) or WORDS.get(name)
        return work_out(self) if work_out is not None else None
