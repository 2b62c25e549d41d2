import json

import pytest

from hexward.controls.trail.trail_untouched import trail_untouched
from hexward.inventory import TrailHistory
from hexward.inventory.tampering import Tampering, tamperings
from tests.build import NOW, inventory, judge, seen

STOP = Tampering(NOW, "StopLogging", "main", "arn:aws:iam::1:user/eve", "it recorded nothing any more")


def history(*tampered: Tampering) -> TrailHistory:
    return seen(TrailHistory, tamperings=tampered)


PASS = inventory(history())
FAIL = inventory(history(STOP))


def test_says_who_did_what_and_when():
    [fault] = judge(trail_untouched, history(STOP)).faults
    assert fault.says == (
        "StopLogging of main by arn:aws:iam::1:user/eve on 2026-03-02 12:00 UTC: it recorded nothing any more"
    )
    assert fault.aspect == "StopLogging main 2026-03-02T12:00:00Z"


def event(name: str, asked: object, **more: object) -> dict[str, object]:
    told = {"eventName": name, "requestParameters": asked, "userIdentity": {"arn": "arn:eve"}, **more}
    return {"EventTime": NOW, "Username": "eve", "CloudTrailEvent": json.dumps(told)}


@pytest.mark.parametrize(
    ("one", "lessens"),
    [
        (event("StopLogging", {"name": "main"}), ["it recorded nothing any more"]),
        (event("StopLogging", {"name": "main"}, errorCode="AccessDenied"), []),
        (event("DeleteTrail", {"name": "main"}), ["it is gone"]),
        (event("UpdateTrail", {"name": "main", "s3BucketName": "other"}), []),
        (event("UpdateTrail", {"name": "main", "isMultiRegionTrail": False}), ["it records one region alone"]),
        (event("PutEventSelectors", {"trailName": "main", "eventSelectors": [{"readWriteType": "All"}]}), []),
        (
            event("PutEventSelectors", {"trailName": "main", "eventSelectors": [{"readWriteType": "WriteOnly"}]}),
            ["it leaves management events out"],
        ),
        (
            event(
                "PutEventSelectors",
                {
                    "trailName": "main",
                    "advancedEventSelectors": [{"fieldSelectors": [{"field": "eventCategory", "equals": ["Data"]}]}],
                },
            ),
            ["it leaves management events out"],
        ),
        (
            event(
                "PutEventSelectors",
                {
                    "trailName": "main",
                    "advancedEventSelectors": [
                        {"fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]}
                    ],
                },
            ),
            [],
        ),
    ],
)
def test_reads_what_each_call_lessened(one, lessens):
    assert [read["lessens"] for read in tamperings([one])] == lessens


@pytest.mark.parametrize("junk", [None, {}, "text", [{"CloudTrailEvent": "{"}], [{"CloudTrailEvent": "[]"}]], ids=repr)
def test_what_cannot_be_read_is_an_error_that_the_collector_turns_into_a_gap(junk):
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        tamperings(junk)
