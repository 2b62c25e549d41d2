import pytest

from hexward.controls.encryption.key_policy_bounded import key_policy_bounded
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge
from tests.controls.encryption.key_policies import NOTEBOOK, allow, key

OTHER = "arn:aws:iam::999999999999:root"
VIA = {"kms:ViaService": "s3.us-east-1.amazonaws.com"}

PASS = inventory(key(), NOTEBOOK)
FAIL = inventory(key(allow("*", "kms:Decrypt")), NOTEBOOK)


@pytest.mark.parametrize(
    ("statement", "aspects"),
    [
        (allow({"AWS": "*"}, "kms:Decrypt"), ["*"]),
        (allow("*", "kms:*", StringEquals=VIA), ["*"]),
        (allow("*", "kms:*", StringEquals={**VIA, "kms:CallerAccount": ACCOUNT}), []),
        (allow("*", "kms:*", StringEquals={**VIA, "kms:CallerAccount": [ACCOUNT, "999999999999"]}), ["999999999999"]),
        (allow("*", "kms:*", StringEquals={"aws:PrincipalOrgID": "o-ours"}), []),
        (allow("*", "kms:*", StringEquals={"aws:PrincipalAccount": ACCOUNT}), []),
        (allow("*", "kms:*", Bool={"aws:SecureTransport": "true"}), ["*"]),
        (allow("*", "kms:*", StringEquals={"kms:EncryptionContext:app": "ml"}), ["*"]),
        (allow("*", "kms:DescribeKey"), []),
        (allow("*", "kms:ScheduleKeyDeletion"), ["*"]),
        (allow({"AWS": OTHER}, "kms:CreateGrant"), [OTHER]),
        (allow({"AWS": "arn:aws:iam::999999999999:role/etl"}, "kms:Decrypt"), ["arn:aws:iam::999999999999:role/etl"]),
        (allow({"AWS": OTHER}, "kms:Decrypt", StringEquals={"aws:PrincipalOrgID": "o-ours"}), []),
        (allow({"AWS": f"arn:aws:iam::{ACCOUNT}:role/train"}, "kms:Decrypt"), []),
        (allow({"Service": "cloudtrail.amazonaws.com"}, "kms:GenerateDataKey"), []),
    ],
)
def test_finds_whoever_is_outside_of_the_account(statement, aspects):
    assert [fault.aspect for fault in judge(key_policy_bounded, key(statement), NOTEBOOK).faults] == aspects


def test_only_keys_of_ai_data_are_judged():
    everyone = allow("*", "kms:Decrypt")
    assert judge(key_policy_bounded, key(everyone)).status is Status.NOT_APPLICABLE
    assert judge(key_policy_bounded, key(everyone, manager="AWS"), NOTEBOOK).status is Status.NOT_APPLICABLE


def test_what_cannot_be_decided_is_unknown():
    odd = allow("*", "kms:Decrypt", NoSuchOperator={"aws:SourceIp": "10.0.0.0/8"})
    assert judge(key_policy_bounded, key(odd), NOTEBOOK).status is Status.UNKNOWN
    assert judge(key_policy_bounded, key().punched("policy"), NOTEBOOK).status is Status.UNKNOWN
