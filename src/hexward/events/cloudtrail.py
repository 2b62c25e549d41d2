"""CloudTrail records → events: who acted on whose behalf, and what they asked for.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import msgspec

from hexward.events.copies import bucket_accounts, copied
from hexward.events.event import Acted, Event, Known, Words, milliseconds
from hexward.events.images import other_registries
from hexward.events.log import Log
from hexward.events.network import network
from hexward.events.policies import grants_all, open_providers
from hexward.events.request import Named, named, ports_open_to_everyone
from hexward.events.selectors import selected_events
from hexward.events.target import target

LONG_TERM = "AKIA"
"""How the ids of access keys begin that never expire.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""


def event(record: Mapping[str, Any]) -> Event:
    """Return the event of a record. Raises ValueError for one that names no time."""
    moment = record.get("eventTime") or record.get("@timestamp")
    if moment is None:
        raise ValueError("it has no eventTime")
    time = milliseconds(moment)
    own = who(record).principal
    known = Known(((WORDS, record),), {"principal": own})
    identified = _text(record.get("eventID")) or _digest(record)
    # A new mapping and not the record itself, which the words refer to: a circle would stay in memory until it is looked for.
    fields = {**record, "hexward": known}
    return Event(Log.CLOUDTRAIL, identified, time, own, account(record), _text(record.get("awsRegion")), known, fields)


def _digest(record: Mapping[str, Any]) -> str:
    """Name a record without an id by its content, so that a second copy of it has the same name."""
    return hashlib.sha256(msgspec.json.encode(record, order="deterministic")).hexdigest()[:32]


def says(event: Event) -> str:
    """Tell what happened in one sentence."""
    before, behind = saying(event)
    return f"{before} from {_text(event.fields.get('sourceIPAddress'))}{behind}"


def says_on_what(event: Event) -> str:
    """Tell what happened in one sentence, and to what."""
    before, behind = saying(event)
    return f"{before}{on_what(event)} from {_text(event.fields.get('sourceIPAddress'))}{behind}"


def on_what(event: Acted) -> str:
    """Tell what a call was about: ` on org-trail`."""
    asked = _asked(cast("Mapping[str, Any]", event.fields))
    found = target(event.fields.get("requestParameters"), sorted(asked.other_accounts), everyone=asked.everyone)
    return f"{' on' * (not found.startswith('('))} {found}" if found else ""


def saying(event: Acted) -> tuple[str, str]:
    """Return what is said of an event before what it was about and the address that it came from, and behind."""
    record = event.fields
    service = _text(record.get("eventSource")).partition(".")[0]
    refused = f" ({error})" if (error := _text(record.get("errorCode"))) else ""
    place = f" in {event.region}" if event.region else ""
    return f"{event.principal} called {service}:{_text(record.get('eventName'))}{refused}", place


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def account(record: Mapping[str, Any]) -> str:
    """Return the account that the call was made in."""
    return _text(record.get("recipientAccountId")) or _text(_identity(record).get("accountId"))


def _identity(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(record.get("userIdentity"))


@dataclass(frozen=True, slots=True, eq=False)
class Who:
    """Who acted, what kind of principal that is, and which compute service's credentials AWS says that they had.

    There is one of each, so that they are told apart by what they are and not by what they hold.
    """

    principal: str
    kind: str
    platform: str


_last: list[tuple[object, Who]] = [(None, Who("", "", ""))]
"""The record that was asked of last, and who acted in it."""


def who(record: Mapping[str, Any]) -> Who:
    """Tell who acted; sessions act many times, and are worked out once, and several words of one record ask in turn."""
    before, told = _last[0]
    if before is record:
        return told
    found = _looked_up(record)
    _last[0] = (record, found)
    return found


def _looked_up(record: Mapping[str, Any]) -> Who:
    identity = _identity(record)
    context = _mapping(identity.get("sessionContext"))
    arn = _text(identity.get("arn"))
    parts = (
        identity.get("type"),
        arn,
        identity.get("invokedBy"),
        _mapping(context.get("sessionIssuer")).get("arn"),
        "AWS::EC2::Instance"
        if context.get("ec2RoleDelivery") is not None
        else _mapping(identity.get("inScopeOf")).get("issuerType"),
        record.get("sessionCredentialFromConsole"),
        None if arn else identity.get("userName") or identity.get("principalId") or identity.get("accountId"),
        None if arn else record.get("sourceIPAddress"),
    )
    return who_of(*parts)


_one_of = lru_cache(maxsize=65_536)(Who)


def who_of(*parts: object) -> Who:
    """Work out who acted: sessions are many, and are told by the role that they have.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    """
    kind, arn, invoked_by, issuer, issued_to, console, name, address = [one if type(one) is str else "" for one in parts]
    machine = _is_named_as_machine(arn)
    # Of a session whose role is named, its own name says no more than that.
    own = ":" if arn and issuer else arn
    return _who(kind, own, invoked_by, issuer, issued_to, console, name, address, machine)


@lru_cache(maxsize=65_536)
def _who(
    kind: str, arn: str, invoked_by: str, issuer: str, issued_to: str, console: str, name: str, address: str, machine: bool
) -> Who:
    role = issuer or arn
    session = re.fullmatch(r"arn:([\w-]+):sts::(\d{12}):assumed-role/([^/]+)/.*", role)
    if session is not None:
        role = f"arn:{session[1]}:iam::{session[2]}:role/{session[3]}"
    principal = role or invoked_by or name or address or "unknown"
    platform = ISSUED_TO.get(issued_to, "") if kind == "AssumedRole" else ""
    if invoked_by and invoked_by not in CONSOLE | RELAYS:
        return _one_of(principal, "service", platform)
    if kind == "FederatedUser":
        # None but users and root can ask for such a session: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
        return _one_of(principal, "root" if issuer.endswith(":root") else "user", platform)
    machine = bool(platform) or machine
    # Credentials of a machine stay its own when somebody signs in to the console with them.
    person = _is_of_identity_center(arn, issuer) or (console == "true" and not machine)
    return _one_of(principal, _kind(kind, arn, person=person, machine=machine), platform)


CONSOLE = frozenset({"AWS Internal", "signin.amazonaws.com"})
"""What the console calls through: its user acts, and no service of its own accord."""
RELAYS = frozenset(
    {
        "apigateway.amazonaws.com",
        "cloudcontrolapi.amazonaws.com",
        "scheduler.amazonaws.com",
        "ssm.amazonaws.com",
        "states.amazonaws.com",
    }
)
"""Services that make any call that their user writes down, so that whoever acts through them acts still.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html
https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/what-is-cloudcontrolapi.html
https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html
https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
"""


def _kind(kind: str, arn: str, *, person: bool, machine: bool) -> str:
    """Tell a person from a program as far as the record does."""
    plain = {
        "Root": "root",
        "IAMUser": "user",
        "AWSService": "service",
        "SAMLUser": "human",
        "IdentityCenterUser": "human",
    }
    if kind in plain:
        return plain[kind]
    if kind not in {"AssumedRole", "WebIdentityUser"}:
        return "role" if arn else "anonymous"
    # Whoever takes a role names the session, so a name that looks like a person's tells nothing.
    if person:
        return "human"
    return "machine" if machine else "role"


def _is_of_identity_center(arn: str, issuer: str) -> bool:
    """Tell a session of a person by its role's path, in which nobody else can make roles; anybody may give a role such a name."""
    return ":role/aws-reserved/sso." in issuer if issuer else ":assumed-role/AWSReservedSSO_" in arn


ISSUED_TO = {"AWS::Lambda::Function": "lambda", "AWS::EC2::Instance": "ec2", "AWS::SageMaker::Endpoint": "sagemaker"}
"""What CloudTrail says that the credentials of a session were issued to, which no caller can make it say."""


def _is_named_as_machine(arn: str) -> bool:
    """Say whether a session is named as EC2 names an instance's, or SageMaker a job's or notebook's.

    The name proves nothing, as whoever takes a role gives it; but it makes a session more suspect and never less: no detection
    leaves machines out. Of SageMaker nothing else tells, nor of an instance in records from before there was `ec2RoleDelivery`.
    """
    role, _, session = arn.rpartition("/")
    if not session.startswith(("SageMaker", "sagemaker-", "i-")) or ":assumed-role/" not in f"{role}/":
        return False
    return session == "SageMaker" or session[0] == "s" or re.fullmatch(r"i-[0-9a-f]{8,17}", session) is not None


def source(record: Mapping[str, Any]) -> str:
    """Tell where the call came from: a service of AWS, a VPC endpoint, a private address or the internet."""
    found = side(_text(record.get("sourceIPAddress")))
    return "endpoint" if found != "aws" and _text(record.get("vpcEndpointId")) else found


@lru_cache(maxsize=65_536)
def side(address: str) -> str:
    """Tell a service of AWS from a private address and the internet."""
    if address.endswith(".amazonaws.com") or address.startswith("AWS Internal"):
        return "aws"
    return "private" if re.match(r"10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.", address) else "internet"


MODEL = re.compile(r":bedrock:[^\s/:]*:[^\s/:]*:[^\s/:]*/([^\s/\"',]+)")
"""A model, or what stands for one, in the ARN that a refusal names, behind region, account and kind."""


def model(record: Mapping[str, Any]) -> str | None:
    """Return the model that a call of Bedrock names, without what an ARN has before it; of a refused one its message may tell alone."""
    asked = _text(_request(record).get("modelId")) or _text(_request(record).get("model"))
    if asked:
        return asked.rpartition("/")[2]
    refused = MODEL.search(_text(record.get("errorMessage")))
    return refused[1].rstrip(".") if refused is not None else None


def _asked(record: Mapping[str, Any]) -> Named:
    """Tell whom the request lets in; one that only reads lets nobody in."""
    return named(record.get("requestParameters"), account(record)) if record.get("readOnly") is not True else Named()


def _request(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(record.get("requestParameters"))


def bucket_account(record: Mapping[str, Any]) -> str | None:
    """Return the account that owns the bucket which a call of S3 names, where that is not the caller's or CloudTrail's reader's."""
    owners = bucket_accounts(record.get("resources"), _request(record).get("bucketName"))
    others = owners - {account(record), _text(_identity(record).get("accountId"))}
    return min(others) if others else None


WORDS: Words = {
    "principal_kind": lambda record: who(record).kind,
    "platform": lambda record: who(record).platform,
    "source": source,
    "network": lambda record: network(_text(record.get("sourceIPAddress"))),
    "long_term_key": lambda record: _text(_identity(record).get("accessKeyId")).startswith(LONG_TERM),
    "other_accounts": lambda record: sorted(_asked(record).other_accounts),
    "everyone": lambda record: _asked(record).everyone,
    "other_registries": lambda record: sorted(other_registries(record.get("requestParameters"), account(record))),
    "model": model,
    "grants_all": lambda record: grants_all(_request(record).get("policyDocument")),
    "open_providers": lambda record: sorted(
        open_providers(_request(record).get("policyDocument") or _request(record).get("assumeRolePolicyDocument"))
    ),
    "ports_open_to_everyone": lambda record: ports_open_to_everyone(record.get("requestParameters")),
    "selected_events": lambda record: sorted(selected_events(record.get("requestParameters"))),
    "copied_key": lambda record: copied(record.get("requestParameters"))[1] or None,
    "bucket_account": bucket_account,
}
"""Hexward's words of an event that follow from it alone."""
