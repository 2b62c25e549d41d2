import pytest

from hexward.controls.identity.access_key_mfa import access_key_mfa
from hexward.inventory import GLOBAL, Group, User
from hexward.inventory.iam import Login
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.identity.build import EVERYTHING, READS_ONE_BUCKET, policy, user

USES_MODELS = policy(Action="bedrock:InvokeModel", Resource="arn:aws:bedrock:*::foundation-model/anthropic.*")
LISTS = policy(Action=["sagemaker:List*", "sagemaker:Describe*"])


def guard(operator: str = "BoolIfExists", told: str = "false", key: str = "aws:MultiFactorAuthPresent") -> str:
    return policy(
        Effect="Deny", NotAction=["iam:ListMFADevices", "sts:GetSessionToken"], Condition={operator: {key: told}}
    )


def person(*inline: str, password: bool = True, key: bool = True, groups: tuple[str, ...] = ()) -> User:
    login = Login(password, True, key, None, None, False, None, None)  # noqa: FBT003
    return user(*inline, login=login, groups=groups)


PASS = inventory(person(USES_MODELS, guard()))
FAIL = inventory(person(USES_MODELS, LISTS))


@pytest.mark.parametrize(
    ("user_", "status"),
    [
        (person(EVERYTHING, guard("Bool")), Status.FAIL),
        (person(EVERYTHING, guard("Null", "true")), Status.FAIL),
        (person(EVERYTHING, guard("NumericGreaterThanIfExists", "3600", "aws:MultiFactorAuthAge")), Status.PASS),
        (person(policy(Action="sagemaker:*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})), Status.PASS),
        (person(policy(Action="sagemaker:*", Condition={"StringEquals": {"aws:ResourceTag/a": "b"}})), Status.FAIL),
        (person(LISTS, READS_ONE_BUCKET), Status.PASS),
        (person(EVERYTHING, key=False), Status.NOT_APPLICABLE),
        (person(EVERYTHING, password=False), Status.NOT_APPLICABLE),
        (person('{"Statement": 5}'), Status.UNKNOWN),
    ],
)
def test_asks_what_a_key_may_do_that_sends_no_second_factor(user_, status):
    assert judge(access_key_mfa, user_).status is status


def test_policies_of_groups_guard_too():
    group = seen(Group, region=GLOBAL, name="all", inline=(guard(),), attached=())
    assert judge(access_key_mfa, person(EVERYTHING, groups=("all",)), group).status is Status.PASS
    assert judge(access_key_mfa, person(EVERYTHING, groups=("all",))).status is Status.UNKNOWN
