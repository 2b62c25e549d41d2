import pytest

from hexward.controls.identity.user_no_admin import user_no_admin
from hexward.inventory import GLOBAL, Group
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.identity.build import EVERYTHING, POWER_USER, READS_ONE_BUCKET, attached, managed, policy, user

PASS = inventory(user(READS_ONE_BUCKET))
FAIL = inventory(user(EVERYTHING))
ADMINS = seen(Group, region=GLOBAL, name="admins", inline=None, attached=attached("AdministratorAccess"))
WITH_MFA = policy(Effect="Deny", Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})


@pytest.mark.parametrize(
    ("user_", "others", "status"),
    [
        (user(POWER_USER), (), Status.FAIL),
        (user(groups=("admins",)), (ADMINS, managed("AdministratorAccess")), Status.FAIL),
        (user(groups=("admins",)), (), Status.UNKNOWN),
        (user(EVERYTHING, WITH_MFA), (), Status.FAIL),
        (user(policy(Action=["s3:*", "sagemaker:*"]), policy(Action=["logs:*", "kms:*"])), (), Status.FAIL),
        (user(policy(Action=["s3:*", "sagemaker:*", "logs:*"])), (), Status.PASS),
        (user(policy(Action=["s3:*", "sagemaker:*", "logs:*", "kms:Decrypt"])), (), Status.PASS),
    ],
)
def test_counts_groups_and_lets_no_circumstance_excuse(user_, others, status):
    assert judge(user_no_admin, user_, *others).status is status
