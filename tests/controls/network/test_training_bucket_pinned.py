import json
from typing import Any

import pytest

from hexward.controls.network.training_bucket_pinned import training_bucket_pinned
from hexward.inventory import Bucket, Ref, Role, Stage, Workload
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge, seen

TRAINS = f"arn:aws:iam::{ACCOUNT}:role/ml-train"
JOB = seen(Workload, stage=Stage.TRAIN, inputs=(Ref("train", "job"),), roles=(Ref(TRAINS, "job"),))
ARN = "arn:aws:s3:::train"
VPCE = {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}
SERVICES = {"BoolIfExists": {"aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"}}
DENY: dict[str, Any] = {
    "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [ARN, f"{ARN}/*"], "Condition": VPCE,
}  # fmt: skip


def bucket(*statements: dict[str, Any]) -> Bucket:
    return seen(Bucket, ARN, name="train", policy=json.dumps({"Version": "2012-10-17", "Statement": statements}))


PASS = inventory(bucket(DENY), JOB)
FAIL = inventory(bucket({**DENY, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}), JOB)


@pytest.mark.parametrize(
    ("changes", "aspects"),
    [
        ({"Condition": {"StringNotEqualsIfExists": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}}}, []),
        ({"Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}}, []),
        ({"Condition": {**VPCE, **SERVICES}}, []),
        ({"Condition": {**VPCE, "Bool": {"aws:ViaAWSService": "false"}}}, []),
        ({"Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}, []),
        ({"Condition": {**VPCE, "ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/break-glass"}}}, []),
        (
            {"Condition": {**VPCE, "ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:*"}}},
            ["read", "write"],
        ),
        (
            {"Condition": {**VPCE, "ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/ml-*"}}},
            ["read", "write"],
        ),
        (
            {
                "Condition": {
                    **VPCE,
                    "StringNotEquals": {**VPCE["StringNotEquals"], "aws:PrincipalTag/breakglass": "yes"},
                }
            },
            [],
        ),
        ({"Condition": {"ArnNotEquals": {"aws:PrincipalArn": TRAINS}}}, ["read", "write"]),
        ({"Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "ml"}}}, ["read", "write"]),
        ({"Condition": {"StringNotLike": {"aws:Referer": "secret"}}}, ["read", "write"]),
        ({"Condition": {"StringNotLike": {"aws:UserAgent": "trainer"}}}, ["read", "write"]),
        ({"Condition": {"StringNotEquals": {"s3:DataAccessPointAccount": ACCOUNT}}}, ["read", "write"]),
        ({"Action": "s3:GetObject"}, ["write"]),
        ({"Action": ["s3:Get*", "s3:Put*"], "Resource": f"{ARN}/*"}, []),
        ({"Resource": f"{ARN}/raw/*"}, ["read", "write"]),
        ({"Principal": {"AWS": "arn:aws:iam::999999999999:root"}}, ["read", "write"]),
        ({"Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}}, ["read", "write"]),
        ({"Effect": "Allow", "Principal": {"AWS": ACCOUNT}}, ["read", "write"]),
    ],
)
def test_asks_whether_stolen_credentials_are_refused_elsewhere(changes, aspects):
    trainer = seen(Role, TRAINS, name="ml-train", tags={"Team": "ml"})
    faults = judge(training_bucket_pinned, bucket({**DENY, **changes}), JOB, trainer).faults
    assert [fault.aspect for fault in faults] == aspects


def test_a_bucket_without_a_policy_fails_and_one_that_nobody_trains_on_is_left_out():
    without = seen(Bucket, ARN, name="train", policy=None)
    assert judge(training_bucket_pinned, without, JOB).status is Status.FAIL
    assert judge(training_bucket_pinned, without).status is Status.NOT_APPLICABLE


def test_what_the_evaluator_does_not_support_is_unknown():
    odd = bucket({**DENY, "Condition": {"NoSuchOperator": {"aws:SourceVpce": "vpce-1"}}})
    assert judge(training_bucket_pinned, odd, JOB).status is Status.UNKNOWN


def test_names_the_role_whose_credentials_are_good_anywhere():
    spared = {**DENY, "Condition": {**VPCE, "ArnNotLike": {"aws:PrincipalArn": TRAINS}}}
    [read, _] = judge(training_bucket_pinned, bucket(spared), JOB).faults
    assert read.says == "credentials of ml-train read its objects from any network"


def test_a_workload_whose_roles_were_not_read_leaves_it_open():
    job = seen(Workload, stage=Stage.TRAIN, inputs=(Ref("train", "job"),))
    assert judge(training_bucket_pinned, bucket(DENY), job).status is Status.UNKNOWN


def test_tags_of_a_role_that_was_not_seen_leave_it_open():
    tagged = bucket({**DENY, "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "ml"}}})
    assert judge(training_bucket_pinned, tagged, JOB).status is Status.UNKNOWN
