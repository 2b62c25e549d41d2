import pytest

from hexward.controls.encryption.key_policy_bounded import key_policy_bounded
from hexward.inventory.kms import GrantConstraints, GrantListEntry
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


STRANGER = "arn:aws:iam::999999999999:role/etl"


def lend(grantee, *operations, **more):
    return GrantListEntry("g1", operations or ("Decrypt",), grantee, **more)


@pytest.mark.parametrize(
    ("grants", "aspects"),
    [
        ((lend(STRANGER),), [f"grant {STRANGER}"]),
        ((lend(STRANGER), lend(OTHER, "CreateGrant"), lend(STRANGER, "GenerateDataKey")), [f"grant {STRANGER}", f"grant {OTHER}"]),
        ((lend("999999999999"),), ["grant 999999999999"]),
        # A constraint keeps nobody out: who calls KMS chooses the encryption context.
        ((lend(STRANGER, constraints=GrantConstraints(encryption_context_subset={"a": "1"})),), [f"grant {STRANGER}"]),
        ((lend(STRANGER, "DescribeKey", "Verify", "RetireGrant"),), []),
        ((lend(f"arn:aws:iam::{ACCOUNT}:role/train"),), []),
        # AWS's own: a service under either name, and the role that EC2 plays for a disk.
        ((lend("rds.us-east-1.amazonaws.com"),), []),
        ((lend(None, grantee_service_principal="dynamodb.amazonaws.com", constraints=GrantConstraints(source_arn="arn:x")),), []),
        ((lend("arn:aws:sts::999999999999:assumed-role/aws:ec2-infrastructure/i-1"),), []),
        ((lend("AROAEXAMPLEEXAMPLEID1"),), []),
    ],
)  # fmt: skip
def test_finds_who_outside_of_the_account_holds_a_grant(grants, aspects):
    assert [fault.aspect for fault in judge(key_policy_bounded, key(grants=grants), NOTEBOOK).faults] == aspects


def test_a_fault_of_a_grant_tells_all_that_it_lends():
    lent = key(grants=(lend(STRANGER, "GenerateDataKey", "DescribeKey"), lend(STRANGER)))
    [fault] = judge(key_policy_bounded, lent, NOTEBOOK).faults
    assert (fault.field, fault.says) == ("grants", f"{STRANGER} holds a grant of Decrypt, GenerateDataKey")


def test_what_was_not_read_hides_no_fault_of_the_other_and_is_unknown():
    assert judge(key_policy_bounded, key().punched("grants"), NOTEBOOK).status is Status.UNKNOWN
    assert judge(key_policy_bounded, key(grants=(lend(None),)), NOTEBOOK).status is Status.UNKNOWN
    open_, lent = key(allow("*", "kms:Decrypt")), key(grants=(lend(STRANGER),))
    for found in (open_.punched("grants"), lent.punched("policy")):
        assert judge(key_policy_bounded, found, NOTEBOOK).status is Status.FAIL


def test_only_keys_of_ai_data_are_judged():
    everyone = allow("*", "kms:Decrypt")
    assert judge(key_policy_bounded, key(everyone)).status is Status.NOT_APPLICABLE
    assert judge(key_policy_bounded, key(everyone, manager="AWS"), NOTEBOOK).status is Status.NOT_APPLICABLE


def test_what_cannot_be_decided_is_unknown():
    odd = allow("*", "kms:Decrypt", NoSuchOperator={"aws:SourceIp": "10.0.0.0/8"})
    assert judge(key_policy_bounded, key(odd), NOTEBOOK).status is Status.UNKNOWN
    assert judge(key_policy_bounded, key().punched("policy"), NOTEBOOK).status is Status.UNKNOWN
