import pytest

from hexward.controls.identity.root_protected import root_protected
from hexward.inventory import Account
from tests.build import inventory, judge, seen


def account(keys: int = 0, mfa: int = 1, password: int | None = 1) -> Account:
    return seen(Account, root_access_keys=keys, root_mfa=mfa, root_password=password)


PASS = inventory(account())
FAIL = inventory(account(keys=1))


@pytest.mark.parametrize(
    ("account_", "aspects"),
    [
        (account(mfa=0), {"mfa"}),
        (account(keys=1, mfa=0), {"keys", "mfa"}),
        (account(mfa=0, password=None), {"mfa"}),
        (account(mfa=0, password=0), set()),
    ],
)
def test_a_root_user_without_a_password_needs_no_second_factor(account_, aspects):
    assert {fault.aspect for fault in judge(root_protected, account_).faults} == aspects
