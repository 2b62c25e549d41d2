import pytest

from hexward.controls.identity.role_mfa import role_mfa
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge
from tests.controls.identity.build import READS_ONE_BUCKET, TRUST, USER, policy, role

SERVES = policy(Action="sagemaker:InvokeEndpoint")
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def trusting(principal: object = ROOT, condition: object = None, **more: object) -> str:
    told = {} if condition is None else {"Condition": condition}
    return policy(Principal={"AWS": principal}, Action="sts:AssumeRole", **told, **more)


PASS = inventory(role(SERVES, trust=trusting(condition=MFA)))
FAIL = inventory(role(SERVES, trust=trusting()))


@pytest.mark.parametrize(
    ("trust", "status"),
    [
        (trusting(ACCOUNT), Status.FAIL),
        (trusting("*"), Status.FAIL),
        (trusting(USER), Status.FAIL),
        (trusting(USER, MFA), Status.PASS),
        (trusting(condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}), Status.FAIL),
        (trusting(condition={"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}), Status.PASS),
        (trusting(condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}), Status.FAIL),
        (trusting(condition={"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:user/ml/*"}}), Status.FAIL),
        (trusting(condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/ops-*"}}), Status.FAIL),
        (trusting(condition={"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/ci"}}), Status.PASS),
        (trusting(f"arn:aws:iam::{ACCOUNT}:role/ci"), Status.NOT_APPLICABLE),
        (trusting("arn:aws:iam::999988887777:root"), Status.NOT_APPLICABLE),
        (TRUST, Status.NOT_APPLICABLE),
        ("{}", Status.UNKNOWN),
    ],
)
def test_asks_whether_a_user_of_the_account_gets_in_alone(trust, status):
    assert judge(role_mfa, role(SERVES, trust=trust)).status is status


def test_roles_that_reach_nothing_of_ai_are_left_out():
    assert judge(role_mfa, role(READS_ONE_BUCKET, trust=trusting())).status is Status.NOT_APPLICABLE
    assert judge(role_mfa, role(managed=("Gone",), trust=trusting())).status is Status.UNKNOWN
