"""Records of CloudTrail's in brief: who did what, when and from where, read of every one before any is read in full."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from hexward.events.cloudtrail import WORDS, Who, remember, who_of
from hexward.events.event import Event, Known, Words, milliseconds
from hexward.events.log import Log


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


class _More(msgspec.Struct, gc=False):
    bytesTransferredOut: float | None = None  # noqa: N815


class _Asked(msgspec.Struct, gc=False):
    bucketName: Any = None  # noqa: N815
    key: Any = None
    algorithm: Any = msgspec.field(default=None, name="x-amz-server-side-encryption-customer-algorithm")


class Brief(Look, gc=False):
    """Who did what, when and from where: to read so much of all records costs little more than to pass over them.

    Of requests it holds what objects in S3 are asked for with: most of a log that has data events is about them.
    """

    userIdentity: _Caller | None = None  # noqa: N815
    eventTime: str | None = None  # noqa: N815
    eventID: str | None = None  # noqa: N815
    awsRegion: str | None = None  # noqa: N815
    sourceIPAddress: str | None = None  # noqa: N815
    recipientAccountId: str | None = None  # noqa: N815
    vpcEndpointId: str | None = None  # noqa: N815
    sessionCredentialFromConsole: str | None = None  # noqa: N815
    requestParameters: _Asked | None = None  # noqa: N815
    additionalEventData: _More | None = None  # noqa: N815


_TOP = "awsRegion errorCode eventID eventName eventSource recipientAccountId sourceIPAddress vpcEndpointId"
_OF_CALLER = "type arn principalId accountId accessKeyId userName invokedBy"
_OF_REQUEST = "bucketName key x-amz-server-side-encryption-customer-algorithm"
TOLD_BRIEFLY = frozenset(_TOP.split()).union(
    (f"userIdentity.{name}" for name in _OF_CALLER.split()),
    (f"requestParameters.{name}" for name in _OF_REQUEST.split()),
)
"""The fields of a record that its brief tells as well as the whole."""

NOBODY = _Caller()
NOTHING_KNOWN = Known((), {})


class Told:
    """A record as far as its brief tells it. It is asked as the whole is, and makes a structure only when it is asked for."""

    __slots__ = ("brief", "hexward")

    def __init__(self, brief: Brief, hexward: Known | None = None) -> None:
        """Take a brief, and Hexward's own words of it."""
        self.brief = brief
        self.hexward = hexward

    def get(self, name: str) -> Any:  # noqa: ANN401  (as parsed JSON is)
        """Return a member of the record, None for one that the brief does not tell."""
        make = STRUCTURES.get(name)
        if make is not None:
            return make(self.brief)
        if name == "hexward":
            return self.hexward
        return getattr(self.brief, name, None)


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


def _request(brief: Brief) -> dict[str, object] | None:
    own = brief.requestParameters
    if own is None:
        return None
    return {
        "bucketName": own.bucketName,
        "key": own.key,
        "x-amz-server-side-encryption-customer-algorithm": own.algorithm,
    }


def _additional(brief: Brief) -> dict[str, object] | None:
    own = brief.additionalEventData
    return None if own is None else {"bytesTransferredOut": own.bytesTransferredOut}


STRUCTURES: Mapping[str, Callable[[Brief], dict[str, object] | None]] = {
    "userIdentity": _user_identity,
    "requestParameters": _request,
    "additionalEventData": _additional,
}


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


def event_told(brief: Brief, by: Who, words: Words) -> Event:
    """Return the event of a record as far as its brief tells it, given who acted and more words than Hexward's plain ones.

    Raises ValueError for a record that names no time.
    """
    told = Told(brief)
    time = milliseconds(brief.eventTime)
    account = brief.recipientAccountId or (brief.userIdentity or NOBODY).accountId or ""
    values: dict[str, object] = {"principal": by.principal}
    remember(told, by)
    name, region = brief.eventID or "", brief.awsRegion or ""
    # Two of each and not one, which the words would refer to: a circle would stay in memory until it is looked for.
    plain = Event(Log.CLOUDTRAIL, name, time, by.principal, account, region, NOTHING_KNOWN, told)
    known = Known(((WORDS, told), (words, plain)), values)
    return Event(Log.CLOUDTRAIL, name, time, by.principal, account, region, known, Told(brief, known))


def _context(session: _Session | None) -> dict[str, object] | None:
    if session is None:
        return None
    issuer = {"arn": session.sessionIssuer.arn} if session.sessionIssuer is not None else None
    return {"sessionIssuer": issuer, "ec2RoleDelivery": session.ec2RoleDelivery}
