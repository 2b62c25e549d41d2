import pytest

from hexward.controls.encryption.data_capture_customer_key import data_capture_customer_key
from hexward.inventory import EndpointConfig, Key
from hexward.inventory.sagemaker import DataCapture
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1", manager="CUSTOMER")


def config(capture: DataCapture | None) -> EndpointConfig:
    return seen(EndpointConfig, data_capture_config=capture)


PASS = inventory(config(DataCapture("s3://capture/", enable_capture=True, kms_key_id="k1")), KEY)
FAIL = inventory(config(DataCapture("s3://capture/", enable_capture=True)), KEY)


@pytest.mark.parametrize(
    ("capture", "status"),
    [
        (None, Status.NOT_APPLICABLE),
        (DataCapture("s3://capture/", enable_capture=False), Status.NOT_APPLICABLE),
        (DataCapture("s3://capture/"), Status.FAIL),
    ],
)
def test_asks_for_a_key_while_capture_is_on(capture, status):
    assert judge(data_capture_customer_key, config(capture), KEY).status is status
