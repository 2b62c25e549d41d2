"""Makes the calls of a cut on an inventory, as AWS would make them on the account."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from hexward.iam.paths.calls import Call
from hexward.inventory import Bucket, Inventory, Key, Record, Role, User
from hexward.inventory.kms import GrantListEntry


def made_all(whole: Inventory, *calls: Call) -> Inventory:
    """Return an account as it is after some calls."""
    records = list(whole)
    for call in calls:
        records = [made(call, one) for one in records]
    return type(whole)(whole.account, whole.collected_at, whole.regions, records, whole.unlisted)


def made(call: Call, one: Record) -> Record:
    """Make a call on a record, if it is about it."""
    told: dict[str, Any] = dict(call.arguments)
    known = dict(one.known())
    if isinstance(one, Key) and one.arn == told.get("KeyId"):
        known["grants"] = granted(call, one.grants or ())
        return one.partial(one.gaps, arn=one.arn, account=one.account, region=one.region, **known)
    about = told.get("UserName") or told.get("RoleName") or told.get("Bucket")
    if known.get("name") != about or not isinstance(one, User | Role | Bucket):
        return one
    known |= dict(changed(call, known, *(known.get(name) or () for name in ("inline_names", "inline", "attached"))))
    return one.partial(one.gaps, arn=one.arn, account=one.account, region=one.region, **known)


def granted(call: Call, held: tuple[GrantListEntry, ...]) -> tuple[GrantListEntry, ...]:
    """Return the grants on a key after a call."""
    if call.call == "kms:RevokeGrant":
        return tuple(grant for grant in held if grant.grant_id != call.arguments["GrantId"])
    assert call.call == "kms:CreateGrant"
    whole = {name: value for name, value in call.arguments.items() if name != "KeyId"}
    return (*held, msgspec.convert(whole | {"GrantId": "g1"}, GrantListEntry))


def changed(call: Call, known: dict[str, Any], names: Any, inline: Any, held: Any) -> Iterator[tuple[str, object]]:
    """Yield each field that a call changes."""
    told: dict[str, Any] = dict(call.arguments)
    policies = dict(zip(names, inline, strict=True))
    match call.call.partition(":")[2].replace("Role", "User"):
        case "PutUserPolicy":
            policies[told["PolicyName"]] = told["PolicyDocument"]
        case "DeleteUserPolicy":
            del policies[told["PolicyName"]]
        case "DetachUserPolicy":
            yield "attached", tuple(one for one in held if one.policy_arn != told["PolicyArn"])
        case "RemoveUserFromGroup":
            yield "groups", tuple(name for name in known["groups"] if name != told["GroupName"])
        case "UpdateAssumeUserPolicy":
            yield "trust", told["PolicyDocument"]
        case "PutBucketPolicy" | "DeleteBucketPolicy":
            yield "policy", told.get("Policy")
        case other:
            pytest.fail(f"{other} is not known here")
    if names:
        yield from (("inline", tuple(policies.values())), ("inline_names", tuple(policies)))
