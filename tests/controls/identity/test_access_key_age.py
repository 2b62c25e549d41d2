from datetime import datetime, timedelta

import pytest

from hexward.controls.identity.access_key_age import access_key_age
from hexward.inventory import User
from hexward.inventory.iam import Login
from hexward.model import Status
from tests.build import NOW, inventory, judge
from tests.controls.identity.build import user

type Key = tuple[bool, datetime | None]


def key(days: float, *, active: bool = True) -> Key:
    return active, NOW - timedelta(days=days)


def holding(first: Key, second: Key = (False, None)) -> User:
    return user(login=Login(None, False, *first, None, *second, None))  # noqa: FBT003  (no second factor)


PASS = inventory(holding(key(90)))
FAIL = inventory(holding(key(90.01)))


@pytest.mark.parametrize(
    ("user_", "status"),
    [
        (holding(key(400, active=False), key(1)), Status.PASS),
        (holding(key(1), key(400)), Status.FAIL),
        (holding(key(400, active=False)), Status.NOT_APPLICABLE),
        (holding((True, None)), Status.UNKNOWN),
        (holding((True, None), key(400)), Status.FAIL),
    ],
)
def test_judges_active_keys_by_their_date(user_, status):
    assert judge(access_key_age, user_).status is status
