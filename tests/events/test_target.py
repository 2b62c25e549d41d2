"""What a request names is told in few words, and none of them can be mistaken for more."""

import pytest

from hexward.events import says, says_on_what
from hexward.events.cloudtrail import event
from hexward.events.target import target, things

SHARED = {
    "imageId": "ami-1",
    "launchPermission": {"add": {"items": [{"userId": "999988887777"}]}},
    "attributeType": "launchPermission",
}


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"name": "org-trail"}, "org-trail"),
        (
            {"policyArn": "arn:aws:iam::aws:policy/AdministratorAccess", "userName": "ben"},
            "ben, arn:aws:iam::aws:policy/AdministratorAccess",
        ),
        ({"Host": "b.s3.amazonaws.com", "bucketName": "b", "key": "a/b.pt"}, "b/a/b.pt"),
        ({"roleArn": "arn:aws:iam::1:role/r", "roleSessionName": "s"}, "arn:aws:iam::1:role/r"),
        ({"instancesSet": {"items": [{"instanceId": "i-1"}, {"instanceId": "i-2"}]}}, "i-1"),
        ({"DeleteFlowLogsRequest": {"FlowLogId": {"tag": 1, "content": "fl-1"}}}, "fl-1"),
        ({"vpcIds": ["vpc-1"], "dryRun": False}, "vpc-1"),
        ({"name": "x from 10.0.0.1 in eu-west-1"}, '"x from 10.0.0.1 in eu-west-1"'),
        ({"name": "a\u202e\ud800\x1b"}, '"a\\u202e\\ud800\\u001b"'),
        ({"name": "n" * 500}, "n" * 117 + "..."),
        ({"tags": {"key": "k"}, "count": 5, "name": ""}, ""),
        ({str(number): {} for number in range(1000)} | {"name": "n"}, ""),
        (None, ""),
        (["x"], ""),
        ("x", ""),
    ],
)
def test_tells_what_a_request_names(parameters, told):
    assert target(things(parameters)) == told


def test_tells_whom_a_request_lets_in():
    assert target(things({"imageId": "ami-1"}), ["999988887777"]) == "ami-1 (names 999988887777)"
    assert (
        target(things({"imageId": "ami-1"}), ["1", "2", "3"], everyone=True) == "ami-1 (names everyone, 1 and 2 more)"
    )
    assert target(things({}), ["1"]) == "(names 1)"


@pytest.mark.parametrize(
    ("name", "asked", "told"),
    [
        ("StopLogging", {"name": "org-trail"}, "ana called cloudtrail:StopLogging on org-trail from 198.51.100.7"),
        (
            "ModifyImageAttribute",
            SHARED,
            "ana called cloudtrail:ModifyImageAttribute on ami-1 (names 999988887777) from 198.51.100.7",
        ),
        (
            "StopLogging",
            {"x": "999988887777"},
            "ana called cloudtrail:StopLogging (names 999988887777) from 198.51.100.7",
        ),
        ("StopLogging", None, "ana called cloudtrail:StopLogging from 198.51.100.7"),
    ],
)
def test_a_sentence_tells_the_target_where_it_is_asked_for(name, asked, told):
    record = {
        "eventTime": "2026-03-14T02:17:00Z",
        "eventSource": "cloudtrail.amazonaws.com",
        "eventName": name,
        "userIdentity": {"type": "IAMUser", "userName": "ana"},
        "sourceIPAddress": "198.51.100.7",
        "requestParameters": asked,
    }
    assert says_on_what(event(record))[0] == told
    assert says(event(record)) == f"ana called cloudtrail:{name} from 198.51.100.7"
