import pytest

from hexward.controls.encryption.key_duties_separated import key_duties_separated
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge
from tests.controls.encryption.key_policies import allow, key
from tests.controls.identity.build import EVERYTHING, READS_ONE_BUCKET, ROLE, managed, policy, role

ADMIN = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/key-admin"}
TRAIN = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/train"}

PASS = inventory(key(allow(ADMIN, "kms:Put*", "kms:ScheduleKeyDeletion"), allow(TRAIN, "kms:Decrypt")))
FAIL = inventory(key(allow(ADMIN, "kms:*"), allow(TRAIN, "kms:Decrypt")))


@pytest.mark.parametrize(
    ("statements", "status"),
    [
        ((), Status.PASS),
        ((allow(TRAIN, "kms:Decrypt"), allow(TRAIN, "kms:ScheduleKeyDeletion")), Status.FAIL),
        ((allow(TRAIN, "kms:*"), {**allow(TRAIN, "kms:Decrypt"), "Effect": "Deny"}), Status.PASS),
        ((allow(TRAIN, "kms:Decrypt", "kms:DescribeKey"),), Status.PASS),
        ((allow({"Service": "sns.amazonaws.com"}, "kms:*"),), Status.PASS),
    ],
)
def test_judges_those_whom_the_policy_names(statements, status):
    assert judge(key_duties_separated, key(*statements)).status is status


def test_keys_of_aws_are_not_judged_and_an_unread_policy_is_unknown():
    assert judge(key_duties_separated, key(allow(ADMIN, "kms:*"), manager="AWS")).status is Status.NOT_APPLICABLE
    assert judge(key_duties_separated, key().punched("policy")).status is Status.UNKNOWN


NOTHING = allow({"Service": "sns.amazonaws.com"}, "kms:Decrypt")
"""Adds nothing to a policy that leaves the key to the account's own policies."""
USES_ALL = policy(Action=["kms:*", "s3:*"])
LIMITED = role(USES_ALL, boundary="Limit")


@pytest.mark.parametrize(
    ("statement", "principals", "status"),
    [
        (NOTHING, (role(USES_ALL),), Status.FAIL),
        (NOTHING, (role(READS_ONE_BUCKET),), Status.PASS),
        (NOTHING, (LIMITED, managed("Limit", policy(Action="kms:Decrypt"))), Status.PASS),
        ({**allow("*", "kms:PutKeyPolicy", "kms:Schedule*"), "Effect": "Deny"}, (role(USES_ALL),), Status.PASS),
        (allow({"AWS": ROLE}, "kms:*"), (LIMITED, managed("Limit", policy(Action="kms:Decrypt"))), Status.PASS),
        (allow({"AWS": ROLE}, "kms:*"), (role(READS_ONE_BUCKET),), Status.FAIL),
        (NOTHING, (role(EVERYTHING),), Status.PASS),
        (NOTHING, (role(managed=("Unseen",)),), Status.UNKNOWN),
    ],
)
def test_weighs_the_key_s_policy_with_those_of_the_account(statement, principals, status):
    assert judge(key_duties_separated, key(statement), *principals).status is status
