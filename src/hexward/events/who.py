"""Who acted in a record of CloudTrail's: the principal, what kind it is, and whose credentials it had.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hexward.events.values import LONGEST, cut, mapping, text


def identity(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the `userIdentity` of a record."""
    return mapping(record.get("userIdentity"))


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
    own = identity(record)
    context = mapping(own.get("sessionContext"))
    arn = text(own.get("arn"))
    parts = (
        own.get("type"),
        arn,
        own.get("invokedBy"),
        mapping(context.get("sessionIssuer")).get("arn"),
        "AWS::EC2::Instance"
        if context.get("ec2RoleDelivery") is not None
        else mapping(own.get("inScopeOf")).get("issuerType"),
        record.get("sessionCredentialFromConsole"),
        None if arn else own.get("userName") or own.get("principalId") or own.get("accountId"),
        None if arn else record.get("sourceIPAddress"),
    )
    return who_of(*parts)


_one_of = lru_cache(maxsize=65_536)(Who)


def who_of(*told: object) -> Who:
    """Work out who acted: sessions are many, and are told by the role that they have."""
    kind, arn, invoked_by, issuer, issued_to, console, name, address = [one if type(one) is str else "" for one in told]
    machine = "machine" if _is_named_as_machine(arn) else ""
    # Of a session whose role is named, its own name says no more than that.
    own = ":" if arn and issuer else arn
    parts = (kind, own, invoked_by, issuer, issued_to, console, name, address, machine)
    return _remembered(*parts) if sum(map(len, parts)) <= LONGEST else _who(*parts)


def _who(*parts: str) -> Who:
    kind, arn, invoked_by, issuer, issued_to, console, name, address, named = parts
    role = issuer or arn
    session = re.fullmatch(r"arn:([\w-]+):sts::(\d{12}):assumed-role/([^/]+)/.*", role)
    if session is not None:
        role = f"arn:{session[1]}:iam::{session[2]}:role/{session[3]}"
    principal = cut(role or invoked_by or name or address or "unknown")
    platform = ISSUED_TO.get(issued_to, "") if kind == "AssumedRole" else ""
    if invoked_by and invoked_by not in CONSOLE | RELAYS:
        return _one_of(principal, "service", platform)
    if kind == "FederatedUser":
        # None but users and root can ask for such a session: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
        return _one_of(principal, "root" if issuer.endswith(":root") else "user", platform)
    machine = bool(platform or named)
    # Credentials of a machine stay its own when somebody signs in to the console with them.
    person = _is_of_identity_center(arn, issuer) or (console == "true" and not machine)
    return _one_of(principal, _kind(kind, arn, person=person, machine=machine), platform)


_remembered = lru_cache(maxsize=65_536)(_who)

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
