import json
from typing import Any

import pytest

from hexward.controls.encryption.training_bucket_tls_only import training_bucket_tls_only
from hexward.inventory import Bucket, Ref, Stage, Workload
from hexward.model import Status
from tests.build import inventory, judge, seen

JOB = seen(Workload, stage=Stage.TRAIN, inputs=(Ref("train", "job"),))
ARN = "arn:aws:s3:::train"
DENY: dict[str, Any] = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": [ARN, f"{ARN}/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def bucket(*statements: dict[str, Any]) -> Bucket:
    return seen(Bucket, ARN, name="train", policy=json.dumps({"Version": "2012-10-17", "Statement": statements}))


PASS = inventory(bucket(DENY), JOB)
FAIL = inventory(bucket({**DENY, "Condition": {"Bool": {"aws:SecureTransport": "true"}}}), JOB)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"Principal": {"AWS": "*"}}, Status.PASS),
        ({"Action": ["s3:Get*", "s3:Put*", "s3:List*"]}, Status.PASS),
        ({"Condition": {"Bool": {"AWS:securetransport": "False"}}}, Status.PASS),
        ({"Condition": {}}, Status.PASS),
        ({"Action": "s3:GetObject"}, Status.FAIL),
        ({"Resource": f"{ARN}/*"}, Status.FAIL),
        ({"Resource": [ARN, f"{ARN}/raw/*"]}, Status.FAIL),
        ({"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}, Status.FAIL),
        ({"Condition": {**DENY["Condition"], "StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}, Status.FAIL),
        ({"Effect": "Allow", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, Status.FAIL),
        ({"Condition": {"NoSuchOperator": {"aws:SecureTransport": "false"}}}, Status.UNKNOWN),
    ],
)  # fmt: skip
def test_asks_for_a_denial_that_strikes_everyone(changes, status):
    assert judge(training_bucket_tls_only, bucket({**DENY, **changes}), JOB).status is status


def test_a_narrow_denial_beside_a_wide_one_does_no_harm():
    narrow = {**DENY, "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}
    assert judge(training_bucket_tls_only, bucket(narrow, DENY), JOB).status is Status.PASS


def test_a_bucket_without_a_policy_fails_and_one_that_nobody_trains_on_is_left_out():
    without = seen(Bucket, ARN, name="train", policy=None)
    assert judge(training_bucket_tls_only, without, JOB).status is Status.FAIL
    assert judge(training_bucket_tls_only, without).status is Status.NOT_APPLICABLE
