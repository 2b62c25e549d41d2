import pytest

from hexward.controls.encryption.key_duties_separated import key_duties_separated
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge
from tests.controls.encryption.key_policies import allow, key

ADMIN = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/key-admin"}
TRAIN = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/train"}

PASS = inventory(key(allow(ADMIN, "kms:Put*", "kms:ScheduleKeyDeletion"), allow(TRAIN, "kms:Decrypt")))
FAIL = inventory(key(allow(ADMIN, "kms:*"), allow(TRAIN, "kms:Decrypt")))


@pytest.mark.parametrize(
    ("statements", "status"),
    [
        ((), Status.NOT_APPLICABLE),
        ((allow(TRAIN, "kms:Decrypt"), allow(TRAIN, "kms:ScheduleKeyDeletion")), Status.FAIL),
        ((allow(TRAIN, "kms:*"), {**allow(TRAIN, "kms:Decrypt"), "Effect": "Deny"}), Status.PASS),
        ((allow(TRAIN, "kms:Decrypt", "kms:DescribeKey"),), Status.PASS),
        ((allow({"Service": "sns.amazonaws.com"}, "kms:*"),), Status.NOT_APPLICABLE),
    ],
)
def test_judges_those_whom_the_policy_names(statements, status):
    assert judge(key_duties_separated, key(*statements)).status is status


def test_keys_of_aws_are_not_judged_and_an_unread_policy_is_unknown():
    assert judge(key_duties_separated, key(allow(ADMIN, "kms:*"), manager="AWS")).status is Status.NOT_APPLICABLE
    assert judge(key_duties_separated, key().punched("policy")).status is Status.UNKNOWN
