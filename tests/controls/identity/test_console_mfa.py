import pytest

from hexward.controls.identity.console_mfa import console_mfa
from hexward.inventory import User
from hexward.inventory.iam import Login
from hexward.model import Status
from tests.build import inventory, judge
from tests.controls.identity.build import user


def signing_in(*, password: bool | None = True, mfa: bool) -> User:
    unused = (False, None, None)
    return user(login=Login(password, mfa, *unused, *unused))


PASS = inventory(signing_in(mfa=True))
FAIL = inventory(signing_in(mfa=False))


@pytest.mark.parametrize("password", [False, None])
def test_users_without_a_password_need_no_second_factor(password):
    assert judge(console_mfa, signing_in(password=password, mfa=False)).status is Status.NOT_APPLICABLE
