import pytest

from hexward.controls.identity.password_policy import password_policy
from hexward.inventory import GLOBAL, PasswordPolicy, User
from hexward.inventory.iam import Login
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.identity.build import user


def signing_in(*, password: bool = True) -> User:
    unused = (False, None, None)
    return user(login=Login(password, True, *unused, *unused))  # noqa: FBT003


def set_to(length: int | None, remembered: int | None) -> PasswordPolicy:
    return seen(PasswordPolicy, region=GLOBAL, minimum_password_length=length, password_reuse_prevention=remembered)


PASS = inventory(set_to(14, 24), signing_in())
FAIL = inventory(set_to(13, 24), signing_in())


@pytest.mark.parametrize(
    ("policy", "aspects"),
    [
        (set_to(20, 24), set()),
        (set_to(8, None), {"length", "reuse"}),
        (set_to(14, 23), {"reuse"}),
        (set_to(None, None), {"length", "reuse"}),
    ],
)
def test_asks_for_length_and_memory(policy, aspects):
    assert {fault.aspect for fault in judge(password_policy, policy, signing_in()).faults} == aspects


def test_says_nothing_where_no_user_has_a_password():
    unset = set_to(None, None)
    assert judge(password_policy, unset, signing_in(password=False)).status is Status.NOT_APPLICABLE
    assert judge(password_policy, unset, user()).status is Status.UNKNOWN
