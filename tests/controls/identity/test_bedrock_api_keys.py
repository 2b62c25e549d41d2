from datetime import datetime, timedelta

import pytest

from hexward.controls.identity.bedrock_api_keys import bedrock_api_keys
from hexward.inventory import GLOBAL, BedrockApiKey
from hexward.model import Status
from tests.build import NOW, inventory, judge, seen


def key(expires: datetime | None, status: str = "Active") -> BedrockApiKey:
    return seen(BedrockApiKey, region=GLOBAL, user_name="dana", status=status, expires=expires)


PASS = inventory(key(NOW + timedelta(days=30)))
FAIL = inventory(key(NOW + timedelta(days=30.1)))


@pytest.mark.parametrize(
    ("key_", "status"),
    [
        (key(None), Status.FAIL),
        (key(NOW - timedelta(days=1)), Status.PASS),
        (key(None, "Inactive"), Status.NOT_APPLICABLE),
        (key(NOW - timedelta(days=1), "Expired"), Status.NOT_APPLICABLE),
        (key(None, "Unheard-of"), Status.FAIL),
    ],
)
def test_judges_keys_that_still_work(key_, status):
    assert judge(bedrock_api_keys, key_).status is status
