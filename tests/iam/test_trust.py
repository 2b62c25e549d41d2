"""Whom a trust policy lets in."""

import pytest

from hexward.iam.trust import outsiders, trusts, trusts_for_strangers
from hexward.inventory import NotCollected
from hexward.model import Gap, Reason
from tests.build import ACCOUNT
from tests.controls.identity.build import policy, role

SAGEMAKER = "sagemaker.amazonaws.com"
VENDOR = "999988887777"
ROLES = f"arn:aws:iam::{VENDOR}:role/ci-*"
ANYWHERE = "arn:aws:iam::*:role/ci-*"


def trusting(principal: object, action: str = "sts:AssumeRole", **more: object) -> str:
    return policy(Principal=principal, Action=action, **more)


def when(**condition: object) -> str:
    return trusting({"Service": SAGEMAKER}, Condition=condition)


@pytest.mark.parametrize(
    ("trust", "trusted"),
    [
        (trusting({"Service": [SAGEMAKER, "ec2.amazonaws.com"]}), True),
        (trusting({"Service": "ec2.amazonaws.com"}), False),
        (trusting({"Service": SAGEMAKER}, "sts:TagSession"), False),
        (when(StringEquals={"aws:SourceAccount": ACCOUNT}), True),
        (trusting({"Service": SAGEMAKER}, Effect="Deny"), False),
    ],
)
def test_a_service_is_trusted_if_it_may_take_the_role_for_anyone(trust, trusted):
    assert trusts(role(trust=trust), SAGEMAKER) is trusted


@pytest.mark.parametrize(
    ("trust", "expected"),
    [
        (when(StringEquals={"AWS:SourceAccount": ACCOUNT}), False),
        (when(ArnLike={"aws:SourceArn": f"arn:aws:sagemaker:*:{ACCOUNT}:*"}), False),
        (when(ArnLike={"aws:SourceArn": "arn:aws:sagemaker:us-east-1:*:training-job/ml-*"}), True),
        (when(ArnLike={"aws:SourceArn": "*"}), True),
        (when(ArnLike={"aws:SourceArn": "arn:aws:sagemaker:eu-west-1:????????????:training-job/*"}), True),
        (when(StringLike={"aws:SourceArn": "*pipeline*"}), True),
        (when(StringLike={"aws:SourceArn": f"arn:aws:sagemaker:us-east-1:{ACCOUNT}*"}), False),
        (when(Null={"aws:SourceAccount": "false"}), True),
        (when(ArnLikeIfExists={"aws:SourceArn": f"arn:aws:sagemaker:*:{ACCOUNT}:*"}), False),
        (when(DateGreaterThan={"aws:CurrentTime": "2030-01-01T00:00:00Z"}), True),
    ],
)
def test_only_conditions_on_the_source_keep_strangers_out(trust, expected):
    assert trusts_for_strangers(role(trust=trust), SAGEMAKER) is expected


@pytest.mark.parametrize(
    ("trust", "let_in"),
    [
        (trusting({"AWS": [VENDOR, f"arn:aws:iam::{VENDOR}:root"]}), [VENDOR, f"arn:aws:iam::{VENDOR}:root"]),
        (trusting({"AWS": f"arn:aws:sts::{VENDOR}:assumed-role/a/b"}), [f"arn:aws:sts::{VENDOR}:assumed-role/a/b"]),
        (trusting({"AWS": "AROAJQABLZS4A3QDU576Q"}), []),
        (trusting("*", Condition={"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*"}}), []),
        (trusting("*", Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}}), []),
        (trusting("*", Condition={"StringEquals": {"aws:PrincipalTag/team": "ml"}}), ["*"]),
        (trusting("*", Condition={"Bool": {"aws:PrincipalIsAWSService": "true"}}), []),
        (trusting("*", Condition={"StringEquals": {"aws:VpceOrgID": "o-ours"}}), []),
        (trusting("*", Condition={"StringEquals": {"aws:PrincipalAccount": [ACCOUNT, VENDOR]}}), [VENDOR]),
        (trusting("*", Condition={"StringNotEquals": {"aws:PrincipalAccount": VENDOR}}), ["*"]),
        (trusting("*", Condition={"ArnLike": {"aws:PrincipalArn": ROLES}}), [ROLES]),
        (trusting("*", Condition={"ArnLike": {"aws:PrincipalArn": ANYWHERE}}), [ANYWHERE]),
        (trusting("*", Condition={"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{VENDOR}:group/x"}}), []),
        (
            trusting(
                "*",
                Condition={"ArnLike": {"aws:PrincipalArn": ROLES}, "StringEquals": {"aws:PrincipalOrgID": "o-ours"}},
            ),
            [],
        ),
        (trusting({"AWS": VENDOR}, Condition={"StringNotEquals": {"sts:ExternalId": "x"}}), [VENDOR]),
        (trusting({"AWS": VENDOR}, "sts:AssumeRoleWithSAML"), []),
        (trusting({"Federated": "token.actions.githubusercontent.com"}, "sts:AssumeRoleWithWebIdentity"), []),
    ],
)
def test_outsiders_are_those_who_need_neither_a_secret_nor_the_organisation(trust, let_in):
    assert list(outsiders(role(trust=trust))) == let_in


def test_everyone_but_some_is_not_decided():
    trust = policy(NotPrincipal={"AWS": VENDOR}, Action="sts:AssumeRole")
    with pytest.raises(NotCollected, match="unsupported"):
        list(outsiders(role(trust=trust)))


@pytest.mark.parametrize("trust", ["{}", "no", '{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole"}]}'])
def test_a_malformed_trust_is_unknown_and_so_is_one_that_was_not_seen(trust):
    for one in (role(trust=trust), role().punched("trust", Gap(Reason.DENIED, "refused"))):
        with pytest.raises(NotCollected):
            trusts(one, SAGEMAKER)
        with pytest.raises(NotCollected):
            list(outsiders(one))
