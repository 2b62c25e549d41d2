import json
from typing import Any

import pytest

from hexward.controls.encryption.training_bucket_key_enforced import training_bucket_key_enforced
from hexward.inventory import Bucket, Ref, Stage, Workload
from hexward.inventory.s3 import BlockedEncryption, EncryptionRule
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

JOB = seen(Workload, stage=Stage.TRAIN, inputs=(Ref("train", "job"),))
ARN = "arn:aws:s3:::train"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
ID, ALGORITHM = "s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:x-amz-server-side-encryption"


def deny(**condition: object) -> dict[str, Any]:
    put = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"{ARN}/*"}
    return {**put, "Condition": condition}


def bucket(*statements: dict[str, Any], **more: Any) -> Bucket:
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return seen(Bucket, ARN, name="train", policy=policy, **more)


KEYLESS = (
    deny(StringNotEquals={ID: KEY}, Null={ID: "false"}),
    deny(StringNotEqualsIfExists={ALGORITHM: "aws:kms"}, Null={ALGORITHM: "false"}),
    deny(Null={ID: "true", ALGORITHM: "false"}),
)
"""Uploads that name no encryption get the bucket's key."""
SSE_C = deny(Null={f"{ALGORITHM}-customer-algorithm": "false"})
WRONG_KEY = deny(StringNotEquals={ID: KEY})
PASS = inventory(bucket(WRONG_KEY), JOB)
FAIL = inventory(bucket(deny(StringNotEquals={ALGORITHM: "aws:kms"})), JOB)


@pytest.mark.parametrize(
    ("statements", "status"),
    [
        ((deny(StringNotEqualsIfExists={ID: KEY}),), Status.PASS),
        ((*KEYLESS, SSE_C), Status.PASS),
        (KEYLESS, Status.UNKNOWN),
        ((deny(StringNotEquals={ID: KEY}, Null={ID: "false"}),), Status.FAIL),
        ((deny(StringNotLike={ID: f"arn:aws:kms:*:{ACCOUNT}:key/*"}),), Status.FAIL),
        ((deny(Null={ID: "true"}),), Status.FAIL),
        (({**WRONG_KEY, "Resource": f"{ARN}/raw/*"},), Status.FAIL),
        (({**WRONG_KEY, "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}},), Status.FAIL),
        ((deny(StringNotEquals={ID: KEY, "aws:PrincipalTag/team": "ml"}),), Status.FAIL),
        ((deny(NoSuchOperator={ID: KEY}),), Status.UNKNOWN),
        (({**WRONG_KEY, "Effect": "Allow"},), Status.FAIL),
    ],
)
def test_asks_for_a_denial_of_every_other_key(statements, status):
    assert judge(training_bucket_key_enforced, bucket(*statements), JOB).status is status


def test_a_bucket_without_a_policy_fails_and_one_that_nobody_trains_on_is_left_out():
    without = seen(Bucket, ARN, name="train", policy=None)
    assert judge(training_bucket_key_enforced, without, JOB).status is Status.FAIL
    assert judge(training_bucket_key_enforced, without).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        (EncryptionRule(), Status.FAIL),
        (EncryptionRule(blocked_encryption_types=BlockedEncryption(("NONE",))), Status.FAIL),
        (EncryptionRule(blocked_encryption_types=BlockedEncryption(("SSE-C",))), Status.PASS),
    ],
)
def test_keys_that_only_the_uploader_has_are_refused_by_policy_or_by_settings(rule, status):
    assert judge(training_bucket_key_enforced, bucket(*KEYLESS, encryption=(rule,)), JOB).status is status
