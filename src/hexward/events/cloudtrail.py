"""CloudTrail records → events: who acted on whose behalf, and what they asked for.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from hexward.events.event import Event, milliseconds
from hexward.events.log import Log
from hexward.events.request import Named, named

PERSON = re.compile(r"[^/@\s]+@[^/@\s]+\.[^/@\s]+")
"""The session of a person who signed in elsewhere is named for the address that they did it with."""


class Look(msgspec.Struct, frozen=True, gc=False):
    """The fields of a record by which rules are chosen, read before all others."""

    eventSource: str  # noqa: N815  (CloudTrail's own spelling)
    eventName: str  # noqa: N815
    errorCode: str | None = None  # noqa: N815


def event(record: Mapping[str, Any]) -> Event:
    """Return the event of a record. Raises ValueError for one that names no time or is none of CloudTrail's."""
    time = milliseconds(record.get("eventTime") or record.get("@timestamp"))
    identity = _mapping(record.get("userIdentity"))
    account = _text(record.get("recipientAccountId")) or _text(identity.get("accountId"))
    who = principal(record, identity)
    asked = named(record.get("requestParameters"), account) if record.get("readOnly") is not True else Named()
    own = {
        "principal": who,
        "principal_kind": principal_kind(record, identity),
        "platform": platform(identity),
        "source": source(record),
        "long_term_key": _text(identity.get("accessKeyId")).startswith("AKIA"),
        "other_accounts": sorted(asked.other_accounts),
        "everyone": asked.everyone,
    }
    return Event(
        log=Log.CLOUDTRAIL,
        id=_text(record.get("eventID")) or _digest(record),
        time=time,
        principal=who,
        account=account,
        region=_text(record.get("awsRegion")),
        says=_says(record, who),
        fields={**record, "hexward": own},
    )


def _digest(record: Mapping[str, Any]) -> str:
    """Name a record without an id by its content, so that a second copy of it has the same name."""
    return hashlib.sha256(msgspec.json.encode(record, order="deterministic")).hexdigest()[:32]


def _says(record: Mapping[str, Any], who: str) -> str:
    service = _text(record.get("eventSource")).partition(".")[0]
    refused = f" ({error})" if (error := _text(record.get("errorCode"))) else ""
    place = f" in {region}" if (region := _text(record.get("awsRegion"))) else ""
    return f"{who} called {service}:{_text(record.get('eventName'))}{refused} from {_text(record.get('sourceIPAddress'))}{place}"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def principal(record: Mapping[str, Any], identity: Mapping[str, Any]) -> str:
    """Return who acted: the ARN of a user, or of a role without its session; else whatever names them best.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    """
    issuer = _mapping(_mapping(identity.get("sessionContext")).get("sessionIssuer"))
    arn = _text(issuer.get("arn")) or _text(identity.get("arn"))
    session = re.fullmatch(r"arn:([\w-]+):sts::(\d{12}):assumed-role/([^/]+)/.*", arn)
    if session is not None:
        arn = f"arn:{session[1]}:iam::{session[2]}:role/{session[3]}"
    names = (arn, *(_text(identity.get(key)) for key in ("invokedBy", "userName", "principalId", "accountId")))
    return next(filter(None, names), "") or _text(record.get("sourceIPAddress")) or "unknown"


def principal_kind(record: Mapping[str, Any], identity: Mapping[str, Any]) -> str:
    """Tell a person from a program as far as the record does."""
    kind = _text(identity.get("type"))
    if kind == "AWSService" or _text(identity.get("invokedBy")):
        return "service"
    if kind in {"Root", "IAMUser"}:
        return kind.removeprefix("IAM").lower()
    if kind in {"SAMLUser", "IdentityCenterUser"}:
        return "human"
    if kind not in {"AssumedRole", "WebIdentityUser"}:
        return "anonymous" if kind in {"AWSAccount", "Unknown", ""} and not _text(identity.get("arn")) else "role"
    session = _text(identity.get("arn")).rpartition("/")[2]
    single_sign_on = "AWSReservedSSO_" in _text(identity.get("arn"))
    signed_in = _text(record.get("sessionCredentialFromConsole")) == "true"
    if single_sign_on or signed_in or PERSON.fullmatch(session):
        return "human"
    return "machine" if platform(identity) else "role"


def platform(identity: Mapping[str, Any]) -> str:
    """Return the compute service whose credentials these are, or an empty text.

    An instance's session is named for it, and SageMaker calls its sessions SageMaker; `inScopeOf` tells what else was issued them.
    """
    if identity.get("type") != "AssumedRole":
        return ""
    session = _text(identity.get("arn")).rpartition("/")[2]
    context = _mapping(identity.get("sessionContext"))
    if "ec2RoleDelivery" in context or re.fullmatch(r"i-[0-9a-f]{8,17}", session):
        return "ec2"
    if session == "SageMaker" or session.startswith("sagemaker-"):
        return "sagemaker"
    issuer = _text(_mapping(identity.get("inScopeOf")).get("issuerType"))
    return {
        "AWS::Lambda::Function": "lambda",
        "AWS::EC2::Instance": "ec2",
        "AWS::SageMaker::Endpoint": "sagemaker",
    }.get(issuer, "")


def source(record: Mapping[str, Any]) -> str:
    """Tell where the call came from: a service of AWS, a VPC endpoint, a private address or the internet."""
    address = _text(record.get("sourceIPAddress"))
    if address.endswith(".amazonaws.com") or address.startswith("AWS Internal"):
        return "aws"
    if _text(record.get("vpcEndpointId")):
        return "endpoint"
    return "private" if re.match(r"10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.", address) else "internet"
