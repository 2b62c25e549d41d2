import json
from datetime import UTC, datetime

import pytest

from hexward.inventory.attachments import attachments

WHEN = datetime(2026, 2, 1, tzinfo=UTC)


def event(name: str, **told: object) -> dict[str, object]:
    return {"EventTime": WHEN, "CloudTrailEvent": json.dumps({"eventName": name, **told})}


@pytest.mark.parametrize(
    ("name", "asked", "holder", "policy"),
    [
        ("AttachRolePolicy", {"roleName": "ml", "policyArn": "arn:p"}, "role/ml", "arn:p"),
        ("AttachUserPolicy", {"userName": "ann", "policyArn": "arn:p"}, "user/ann", "arn:p"),
        ("PutGroupPolicy", {"groupName": "all", "policyName": "p", "policyDocument": "{}"}, "group/all", "p"),
        ("AddUserToGroup", {"groupName": "all", "userName": "ann"}, "user/ann", "group/all"),
    ],
)
def test_reads_who_came_to_hold_what(name, asked, holder, policy):
    assert attachments([event(name, requestParameters=asked)]) == [{"at": WHEN, "holder": holder, "policy": policy}]


def test_a_call_that_failed_attached_nothing():
    assert attachments([event("AttachRolePolicy", errorCode="AccessDenied", requestParameters=None)]) == []


@pytest.mark.parametrize(
    "events",
    [
        {},
        [event("AttachRolePolicy", requestParameters={"policyArn": "arn:p"})],
        [event("AttachRolePolicy", requestParameters=None)],
        [{"EventTime": WHEN, "CloudTrailEvent": "{"}],
        [{"EventTime": WHEN}],
    ],
)
def test_an_event_that_does_not_tell_who_or_what_is_an_error_and_not_left_out(events):
    with pytest.raises((ValueError, KeyError, TypeError)):
        attachments(events)
