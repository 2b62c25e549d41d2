import pytest

from hexward.controls import judge as judge_in
from hexward.controls.identity.passrole_scoped import passrole_scoped
from hexward.iam.principals import principal
from hexward.inventory import Role, User
from hexward.model import Status
from tests.build import ACCOUNT, inventory
from tests.controls.identity.build import EVERYTHING, POWER_USER, policy, role, user


def passing(services: object = None, resource: str = "*") -> str:
    condition = {} if services is None else {"Condition": {"StringLike": {"iam:PassedToService": services}}}
    return policy(Action="iam:PassRole", Resource=resource, **condition)


def status(owner: Role | User) -> Status:
    given = inventory(owner)
    return judge_in(passrole_scoped, principal(given, owner), given).status


PASS = inventory(role(passing("sagemaker.amazonaws.com")))
FAIL = inventory(role(passing()))


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (passing(resource=f"arn:aws:iam::{ACCOUNT}:role/*"), Status.FAIL),
        (passing(resource=f"arn:aws:iam::{ACCOUNT}:role/ml-*"), Status.PASS),
        (passing("*.amazonaws.com"), Status.FAIL),
        (passing(["sagemaker.amazonaws.com", "lambda.amazonaws.com"]), Status.PASS),
        (POWER_USER, Status.PASS),
        (EVERYTHING, Status.NOT_APPLICABLE),
    ],
)
def test_judges_users_and_roles_alike(document, expected):
    assert status(role(document)) is expected
    assert status(user(document)) is expected
