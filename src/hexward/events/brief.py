"""Records of CloudTrail's in brief: who did what, when and from where, read of every one before any is read in full."""

from typing import Any

import msgspec

from hexward.events.cloudtrail import Who, event, remember, who_of
from hexward.events.event import Event


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


def told(brief: Brief) -> dict[str, Any]:
    """Return the record as far as its brief tells it."""
    caller, more = brief.userIdentity, brief.additionalEventData
    record: dict[str, Any] = {
        "eventSource": brief.eventSource,
        "eventName": brief.eventName,
        "errorCode": brief.errorCode,
        "eventTime": brief.eventTime,
        "eventID": brief.eventID,
        "awsRegion": brief.awsRegion,
        "sourceIPAddress": brief.sourceIPAddress,
        "recipientAccountId": brief.recipientAccountId,
        "vpcEndpointId": brief.vpcEndpointId,
        "sessionCredentialFromConsole": brief.sessionCredentialFromConsole,
    }
    if brief.requestParameters is not None:
        request = brief.requestParameters
        record["requestParameters"] = {
            "bucketName": request.bucketName,
            "key": request.key,
            "x-amz-server-side-encryption-customer-algorithm": request.algorithm,
        }
    if more is not None:
        record["additionalEventData"] = {"bytesTransferredOut": more.bytesTransferredOut}
    if caller is not None:
        record["userIdentity"] = {
            "type": caller.type,
            "arn": caller.arn,
            "principalId": caller.principalId,
            "accountId": caller.accountId,
            "accessKeyId": caller.accessKeyId,
            "userName": caller.userName,
            "invokedBy": caller.invokedBy,
            "sessionContext": _context(caller.sessionContext),
            "inScopeOf": {"issuerType": caller.inScopeOf.issuerType} if caller.inScopeOf is not None else None,
        }
    return record


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


def event_told(brief: Brief, by: Who) -> Event:
    """Return the event of a record as far as its brief tells it, given who acted. Raises ValueError for one that names no time."""
    record = told(brief)
    remember(record, by)
    return event(record)


def _context(session: _Session | None) -> dict[str, object] | None:
    if session is None:
        return None
    issuer = {"arn": session.sessionIssuer.arn} if session.sessionIssuer is not None else None
    return {"sessionIssuer": issuer, "ec2RoleDelivery": session.ec2RoleDelivery}
