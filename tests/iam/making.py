"""Makes the calls of a cut on an inventory, as AWS would make them on the account."""

from collections.abc import Iterator
from typing import Any

import pytest

from hexward.iam.paths.calls import Call
from hexward.inventory import Bucket, Inventory, Record, Role, User


def made_all(whole: Inventory, *calls: Call) -> Inventory:
    """Return an account as it is after some calls."""
    records = list(whole)
    for call in calls:
        records = [made(call, one) for one in records]
    return type(whole)(whole.account, whole.collected_at, whole.regions, records, whole.unlisted)


def made(call: Call, one: Record) -> Record:
    """Make a call on a record, if it is about it."""
    told, known = call.arguments, dict(one.known())
    about = told.get("UserName") or told.get("RoleName") or told.get("Bucket")
    if known.get("name") != about or not isinstance(one, User | Role | Bucket):
        return one
    known |= dict(changed(call, known, *(known.get(name) or () for name in ("inline_names", "inline", "attached"))))
    return one.partial(one.gaps, arn=one.arn, account=one.account, region=one.region, **known)


def changed(call: Call, known: dict[str, Any], names: Any, inline: Any, held: Any) -> Iterator[tuple[str, object]]:
    """Yield each field that a call changes."""
    told = call.arguments
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
