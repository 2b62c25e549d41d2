"""GuardDuty's findings: whom one is about, and which were made up."""

import json
from io import BytesIO
from typing import Any

import pytest

from hexward.events.guardduty import event
from hexward.events.read import Reader
from tests.detections.overlay import GUARDDUTY


def finding(**more: Any) -> dict[str, Any]:
    return {**GUARDDUTY, "updatedAt": "2026-03-14T02:17:00Z", "id": "f1", **more}


@pytest.mark.parametrize(
    ("resource", "service", "principal"),
    [
        ({"accessKeyDetails": {"userType": "IAMUser", "userName": "ana"}}, {}, "arn:aws:iam::111122223333:user/ana"),
        ({"resourceType": "Instance", "instanceDetails": {"instanceId": "i-1"}}, {}, "i-1"),
        ({"resourceType": "S3Bucket", "s3BucketDetails": [{"arn": "arn:aws:s3:::b"}]}, {}, "arn:aws:s3:::b"),
        ({"resourceType": "EKSCluster", "eksClusterDetails": {"arn": "arn:eks"}}, {}, "arn:eks"),
        ({"resourceType": "AttackSequence"}, {"detection": {"sequence": {"resources": [{"uid": "arn:x"}]}}}, "arn:x"),
        ({"resourceType": "AttackSequence"}, {"detection": {"sequence": {"actors": [{"user": {"name": "ben"}}]}}}, "ben"),
        ({"resourceType": "AttackSequence"}, {}, "AttackSequence of finding f1"),
        ({"s3BucketDetails": [5], "instanceDetails": "x"}, {"detection": []}, "unknown of finding f1"),
        (None, {}, "unknown of finding f1"),
    ],
)  # fmt: skip
def test_a_finding_is_of_what_it_names_and_else_of_itself(resource, service, principal):
    assert event(finding(resource=resource, service=service)).principal == principal


@pytest.mark.parametrize(
    ("more", "is_sample"),
    [
        ({"sample": True}, True),
        ({"value": '{"threatName":"x","sample":true}', "type": "default"}, True),
        ({"Value": '{"sample":true}', "Type": "default"}, True),
        ('{"sample":true}', True),
        ({"sample": False}, False),
        ({"sample": "true"}, False),
        ({"value": "{sample"}, False),
        ({"value": '["sample"]'}, False),
        (None, False),
    ],
)
@pytest.mark.parametrize("pascal", [False, True])
def test_samples_are_left_out_and_counted(more, is_sample, pascal):
    record = finding(service={**GUARDDUTY["service"], "additionalInfo": more})
    if pascal:
        own = {f"{key[0].upper()}{key[1:]}": value for key, value in record["service"].items()}
        record = {f"{key[0].upper()}{key[1:]}": value for key, value in record.items()} | {"Service": own}
    reader = Reader(lambda _log, _early: True)
    found = list(reader.read("a", BytesIO(json.dumps(record).encode())))
    assert (len(found), reader.seen.samples, reader.seen.problems) == (not is_sample, is_sample, [])
