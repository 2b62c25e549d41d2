from datetime import datetime, timedelta

import pytest

from hexward.controls.identity.unused_credentials import unused_credentials
from hexward.inventory import User
from hexward.inventory.iam import Login
from hexward.model import Status
from tests.build import NOW, inventory, judge
from tests.controls.identity.build import user

type When = datetime | None


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def holding(
    key: tuple[bool, When, When] = (False, None, None), password: tuple[bool, When, When] = (False, None, None)
) -> User:
    """Return a user with one key and a password, each with when it was made and when it was used."""
    enabled, changed, used = password
    return user(login=Login(enabled, True, *key, False, None, None, used, changed))  # noqa: FBT003


PASS = inventory(holding((True, ago(400), ago(45))))
FAIL = inventory(holding((True, ago(400), ago(45.1))))


@pytest.mark.parametrize(
    ("user_", "status"),
    [
        (holding((False, ago(400), ago(300))), Status.NOT_APPLICABLE),
        (holding((True, ago(400), None)), Status.FAIL),
        (holding((True, ago(2), None)), Status.PASS),
        (holding((True, None, None)), Status.UNKNOWN),
        (holding(password=(True, ago(400), ago(60))), Status.FAIL),
        (holding(password=(True, ago(400), None)), Status.FAIL),
        (holding(password=(True, ago(2), None)), Status.PASS),
        (holding(password=(True, None, None)), Status.UNKNOWN),
        (holding((True, ago(400), None), password=(True, None, None)), Status.FAIL),
    ],
)
def test_what_was_never_used_counts_from_when_it_was_made(user_, status):
    assert judge(unused_credentials, user_).status is status
