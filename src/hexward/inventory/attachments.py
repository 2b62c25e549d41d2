"""When policies were attached to users, groups and roles, as CloudTrail's event history tells of the last 90 days."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

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


KEPT = timedelta(days=90)
"""How far back CloudTrail's event history goes."""


class Attachment(Part, rename=None):
    """Someone came to hold a policy. `holder` is `user/NAME`, `group/NAME` or `role/NAME`, without a path.

    `policy` is the ARN of a managed policy, the name of an inline one, or `group/NAME` of a group that the user joined.
    """

    at: datetime
    holder: str
    policy: str


def attachments(events: Any) -> list[dict[str, object]]:  # noqa: ANN401  (AWS's own JSON)
    """Read the events of `ATTACHES`, leaving out calls that failed; raises ValueError for one that does not tell who or what.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
    """
    if not isinstance(events, list):
        msg = f"events are a list, not {type(events).__name__}"
        raise ValueError(msg)
    return [read for one in events if (read := _attachment(one)) is not None]


def _attachment(event: Any) -> dict[str, object] | None:  # noqa: ANN401
    told = msgspec.json.decode(event["CloudTrailEvent"])
    if told.get("errorCode"):
        return None
    asked = told["requestParameters"]
    if told["eventName"] == "AddUserToGroup":
        policy = f"group/{asked['groupName']}"
        return {"at": event["EventTime"], "holder": f"user/{asked['userName']}", "policy": policy}
    kind = told["eventName"].removesuffix("Policy").removeprefix("Attach").removeprefix("Put").lower()
    policy = asked["policyArn"] if "policyArn" in asked else asked["policyName"]
    return {"at": event["EventTime"], "holder": f"{kind}/{asked[f'{kind}Name']}", "policy": policy}
