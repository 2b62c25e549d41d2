import pytest

from hexward.controls.identity.password_policy import password_policy
from hexward.inventory import GLOBAL, Account, User
from hexward.inventory.iam import Login, PasswordPolicy
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.identity.build import user


def signing_in(*, password: bool = True) -> User:
    unused = (False, None, None)
    return user(login=Login(password, True, *unused, *unused))  # noqa: FBT003


def account(policy: PasswordPolicy | None) -> Account:
    return seen(Account, region=GLOBAL, password_policy=policy)


PASS = inventory(account(PasswordPolicy(14, 24)), signing_in())
FAIL = inventory(account(PasswordPolicy(13, 24)), signing_in())


@pytest.mark.parametrize(
    ("policy", "aspects"),
    [
        (PasswordPolicy(20, 24), set()),
        (PasswordPolicy(8, None), {"length", "reuse"}),
        (PasswordPolicy(14, 23), {"reuse"}),
        (None, {""}),
    ],
)
def test_asks_for_length_and_memory(policy, aspects):
    assert {fault.aspect for fault in judge(password_policy, account(policy), signing_in()).faults} == aspects


def test_says_nothing_where_no_user_has_a_password():
    assert judge(password_policy, account(None), signing_in(password=False)).status is Status.NOT_APPLICABLE
    assert judge(password_policy, account(None), user()).status is Status.UNKNOWN
