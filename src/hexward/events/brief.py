"""Records of CloudTrail's in brief: who did what, when and from where, read of every one before any is read in full."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

import msgspec

from hexward.events.caller import ABSENT, MEMBERS, Caller
from hexward.events.cloudtrail import WORDS
from hexward.events.event import Acted
from hexward.events.split import NOT_JSON

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
    userAgent: Any = None  # noqa: N815
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


BRIEF, LOOK = msgspec.json.Decoder(Brief), msgspec.json.Decoder(Look)
RAW = frozenset({"requestParameters", "additionalEventData", "resources"})
PLAIN = frozenset(Brief.__struct_fields__) - RAW - {"userIdentity", "eventTime"}
OF_CALLER = frozenset(f"userIdentity.{name}" for name in MEMBERS)


def looked(raw: bytes | msgspec.Raw) -> Look | Brief:
    """Look at a record of CloudTrail: at its brief, or, where someone wrote other things into that, at what rules are chosen by."""
    try:
        return BRIEF.decode(raw)
    except NOT_JSON:
        return LOOK.decode(raw)


def tells(field: str) -> bool:
    """Say whether the brief of a record tells a field, as rules name it, as well as the whole does."""
    return field in PLAIN or field in OF_CALLER or field.partition(".")[0] in RAW


class Told(msgspec.Struct, eq=False, gc=False):
    """An event as far as its brief tells it. Its fields are asked as those of the whole are, and a structure is made when it is asked for.

    `time` is milliseconds since 1970. `settled` are Hexward's own words that are known already; `words` work out more of them.
    """

    brief: Brief
    caller: Caller
    time: int
    settled: Mapping[str, object]
    words: Mapping[str, Callable[[Acted], object]]
    read: dict[str, Any] = {}
    """What was made and worked out."""

    @property
    def principal(self) -> str:
        """Who acted."""
        return self.caller.by.principal

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

        No field that is told has the name of a word, so the event stands for its words too. Raises one of `split.NOT_JSON` for what can
        only be read with the whole record.
        """
        told = TOLD.get(name)
        return told(self) if told is not None else self.word(name)

    def raw(self, name: str) -> Any:  # noqa: ANN401
        """Return a field that the brief keeps as it stands."""
        read = self.read
        if name not in read:
            raw = getattr(self.brief, name)
            read[name] = ANY.decode(raw) if raw is not ABSENT else None
        return read[name]

    def word(self, word: str) -> Any:  # noqa: ANN401
        """Return one of Hexward's words."""
        if word in self.settled:
            return self.settled[word]
        read = self.read
        if word not in read:
            work_out = self.words.get(word) or WORDS.get(word)
            read[word] = work_out(self) if work_out is not None else None
        return read[word]


def _raw(name: str) -> Callable[[Told], Any]:
    return lambda event: event.raw(name)


TOLD: Mapping[str, Callable[[Told], Any]] = {
    "hexward": lambda event: event,
    "userIdentity": lambda event: event.caller.identity.members(),
    **{name: attrgetter(f"brief.{name}") for name in PLAIN},
    **{name: _raw(name) for name in RAW},
}
