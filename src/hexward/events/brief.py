"""Records of CloudTrail's in brief: who did what, when and from where, read of every one before any is read in full."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from hexward.events.cloudtrail import WORDS, Who, who_of
from hexward.events.event import Acted

ABSENT = msgspec.Raw()
ANY = msgspec.json.Decoder()


class Look(msgspec.Struct, gc=False):
    """The fields of a record by which rules are chosen, read before all others."""

    eventSource: str  # noqa: N815  (CloudTrail's own spelling)
    eventName: str  # noqa: N815
    errorCode: str | None = None  # noqa: N815


class _Issuer(msgspec.Struct, gc=False):
    arn: str | None = None


class _Session(msgspec.Struct, gc=False):
    sessionIssuer: _Issuer | None = None  # noqa: N815
    ec2RoleDelivery: str | None = None  # noqa: N815


class _Scope(msgspec.Struct, gc=False):
    issuerType: str | None = None  # noqa: N815


class _Caller(msgspec.Struct, gc=False):
    type: str | None = None
    arn: str | None = None
    principalId: str | None = None  # noqa: N815
    accountId: str | None = None  # noqa: N815
    accessKeyId: str | None = None  # noqa: N815
    userName: str | None = None  # noqa: N815
    invokedBy: str | None = None  # noqa: N815
    sessionContext: _Session | None = None  # noqa: N815
    inScopeOf: _Scope | None = None  # noqa: N815


class Brief(Look, gc=False):
    """Who did what, when and from where: to read so much of all records costs little more than to pass over them.

    What was asked and answered is kept as it stands, and read when a rule wants to know.
    """

    userIdentity: _Caller | None = None  # noqa: N815
    eventTime: str | None = None  # noqa: N815
    eventID: str | None = None  # noqa: N815
    awsRegion: str | None = None  # noqa: N815
    sourceIPAddress: str | None = None  # noqa: N815
    recipientAccountId: str | None = None  # noqa: N815
    vpcEndpointId: str | None = None  # noqa: N815
    sessionCredentialFromConsole: str | None = None  # noqa: N815
    readOnly: Any = None  # noqa: N815
    userAgent: Any = None  # noqa: N815
    errorMessage: Any = None  # noqa: N815
    requestParameters: msgspec.Raw = ABSENT  # noqa: N815
    responseElements: msgspec.Raw = ABSENT  # noqa: N815
    additionalEventData: msgspec.Raw = ABSENT  # noqa: N815
    resources: msgspec.Raw = ABSENT


_OF_CALLER = ("type", "arn", "principalId", "accountId", "accessKeyId", "userName", "invokedBy")
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
        "userAgent",
    }
    | {"vpcEndpointId", *(f"userIdentity.{name}" for name in _OF_CALLER)}
)
RAW = frozenset({"requestParameters", "responseElements", "additionalEventData", "resources"})


def tells(field: str) -> bool:
    """Say whether the brief of a record tells a field, as rules name it, as well as the whole does."""
    return field in _PLAIN or field.partition(".")[0] in RAW


NOBODY = _Caller()


class Told:
    """An event as far as its brief tells it. Its fields are asked as those of the whole are, and a structure is made when it is asked for.

    `settled` are Hexward's own words that are known already; `words` work out more of them.
    """

    __slots__ = ("_read", "_settled", "_words", "account", "brief", "principal", "region", "time")

    def __init__(
        self,
        brief: Brief,
        by: Who,
        time: int,
        settled: Mapping[str, object],
        words: Mapping[str, Callable[[Acted], object]],
    ) -> None:
        """Take a brief, who acted, and when: milliseconds since 1970."""
        self.brief = brief
        self.time = time
        self.principal = by.principal
        self.account = brief.recipientAccountId or (brief.userIdentity or NOBODY).accountId or ""
        self.region = brief.awsRegion or ""
        self._settled = settled
        self._words = words
        self._read: dict[str, Any] = {}

    @property
    def fields(self) -> "Told":
        """The event itself, which is asked for fields."""
        return self

    def get(self, name: str, /) -> Any:  # noqa: ANN401  (as parsed JSON is)
        """Return a field, None for one that the brief does not tell.

        Raises one of `split.NOT_JSON` for one that can only be read with the whole record.
        """
        if name == "hexward":
            return Words(self)
        if name in RAW:
            return self._raw(name)
        return _user_identity(self.brief) if name == "userIdentity" else getattr(self.brief, name, None)

    def _raw(self, name: str) -> Any:  # noqa: ANN401
        if name not in self._read:
            raw = getattr(self.brief, name)
            self._read[name] = ANY.decode(raw) if raw is not ABSENT else None
        return self._read[name]

    def word(self, word: str) -> Any:  # noqa: ANN401
        """Return the value of one of Hexward's words, None for one that nothing tells."""
        if word in self._settled:
            return self._settled[word]
        if word in self._words:
            return self._words[word](self)
        return WORDS[word](self) if word in WORDS else None


class Words:
    """Hexward's own words of one event. It is made when it is asked for: kept, it and the event would refer to each other."""

    __slots__ = ("get",)

    def __init__(self, of: Told) -> None:
        """Take the event."""
        self.get = of.word


def _user_identity(brief: Brief) -> dict[str, object] | None:
    own = brief.userIdentity
    if own is None:
        return None
    return {
        "type": own.type,
        "arn": own.arn,
        "principalId": own.principalId,
        "accountId": own.accountId,
        "accessKeyId": own.accessKeyId,
        "userName": own.userName,
        "invokedBy": own.invokedBy,
        "sessionContext": _context(own.sessionContext),
        "inScopeOf": {"issuerType": own.inScopeOf.issuerType} if own.inScopeOf is not None else None,
    }


def _context(session: _Session | None) -> dict[str, object] | None:
    if session is None:
        return None
    issuer = {"arn": session.sessionIssuer.arn} if session.sessionIssuer is not None else None
    return {"sessionIssuer": issuer, "ec2RoleDelivery": session.ec2RoleDelivery}


def caller(brief: Brief) -> Who:
    """Tell who acted, as `who` does of the whole record."""
    own = brief.userIdentity or NOBODY
    context, scope = own.sessionContext, own.inScopeOf
    issued_to: str | None = None
    if context is not None and context.ec2RoleDelivery is not None:
        issued_to = "AWS::EC2::Instance"
    elif scope is not None:
        issued_to = scope.issuerType
    return who_of(
        own.type,
        own.arn or "",
        own.invokedBy,
        context.sessionIssuer.arn if context is not None and context.sessionIssuer is not None else None,
        issued_to,
        brief.sessionCredentialFromConsole,
        None if own.arn else own.userName or own.principalId or own.accountId,
        None if own.arn else brief.sourceIPAddress,
    )
