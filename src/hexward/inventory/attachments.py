"""When policies were attached to users, groups and roles, as CloudTrail's event history tells of the last 90 days."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hexward.inventory.event_history import succeeded
from hexward.inventory.record import Part

ATTACHES = (
    "AttachGroupPolicy",
    "AttachRolePolicy",
    "AttachUserPolicy",
    "PutGroupPolicy",
    "PutRolePolicy",
    "PutUserPolicy",
    "AddUserToGroup",
)
"""The calls by which someone comes to hold a policy."""


class Attachment(Part, rename=None):
    """Someone came to hold a policy. `holder` is `user/NAME`, `group/NAME` or `role/NAME`, without a path.

    `policy` is the ARN of a managed policy, the name of an inline one, or `group/NAME` of a group that the user joined.
    """

    at: datetime
    holder: str
    policy: str


def attachments(events: Any) -> list[dict[str, object]]:  # noqa: ANN401  (AWS's own JSON)
    """Read the events of `ATTACHES`, leaving out calls that failed; raises ValueError for one that does not tell who or what."""
    return [_attachment(event, told) for event, told in succeeded(events)]


def _attachment(event: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, object]:
    asked = told["requestParameters"]
    if told["eventName"] == "AddUserToGroup":
        policy = f"group/{asked['groupName']}"
        return {"at": event["EventTime"], "holder": f"user/{asked['userName']}", "policy": policy}
    kind = told["eventName"].removesuffix("Policy").removeprefix("Attach").removeprefix("Put").lower()
    policy = asked["policyArn"] if "policyArn" in asked else asked["policyName"]
    return {"at": event["EventTime"], "holder": f"{kind}/{asked[f'{kind}Name']}", "policy": policy}
