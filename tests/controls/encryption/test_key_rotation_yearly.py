import pytest

from hexward.controls.encryption.key_rotation_yearly import key_rotation_yearly
from hexward.inventory import Key
from hexward.model import Status
from tests.build import inventory, judge, seen

KEY = seen(
    Key, manager="CUSTOMER", spec="SYMMETRIC_DEFAULT", origin="AWS_KMS", state="Enabled",
    rotation_enabled=True, rotation_period_days=365,
)  # fmt: skip


def key(**changes: object) -> Key:
    return Key.partial({}, arn=KEY.arn, account=KEY.account, region=KEY.region, **{**KEY.known(), **changes})


PASS = inventory(key())
FAIL = inventory(key(rotation_period_days=366))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"rotation_period_days": 90}, Status.PASS),
        ({"rotation_period_days": 2560}, Status.FAIL),
        ({"rotation_enabled": False, "rotation_period_days": None}, Status.FAIL),
        ({"rotation_period_days": None}, Status.UNKNOWN),
        ({"manager": "AWS"}, Status.NOT_APPLICABLE),
        ({"spec": "RSA_2048"}, Status.NOT_APPLICABLE),
        ({"spec": "HMAC_256"}, Status.NOT_APPLICABLE),
        ({"origin": "EXTERNAL"}, Status.NOT_APPLICABLE),
        ({"origin": "AWS_CLOUDHSM"}, Status.NOT_APPLICABLE),
        ({"origin": "EXTERNAL_KEY_STORE"}, Status.NOT_APPLICABLE),
        ({"state": "PendingDeletion", "rotation_enabled": None}, Status.NOT_APPLICABLE),
        ({"state": "Disabled"}, Status.NOT_APPLICABLE),
    ],
)
def test_asks_for_a_year_of_keys_that_kms_can_rotate(changes, status):
    assert judge(key_rotation_yearly, key(**changes)).status is status
