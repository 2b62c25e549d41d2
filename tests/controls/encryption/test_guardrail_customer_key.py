import pytest

from hexward.controls.encryption.guardrail_customer_key import guardrail_customer_key
from hexward.inventory import Guardrail, Key
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
KEY = seen(Key, ARN, manager="CUSTOMER")

PASS = inventory(seen(Guardrail, version="DRAFT", kms_key_arn=ARN), KEY)
FAIL = inventory(seen(Guardrail, version="DRAFT", kms_key_arn=None), KEY)


@pytest.mark.parametrize(
    ("version", "manager", "status"),
    [
        ("DRAFT", "AWS", Status.FAIL),
        ("1", "AWS", Status.NOT_APPLICABLE),
    ],
)
def test_the_draft_stands_for_the_guardrail(version, manager, status):
    guardrail = seen(Guardrail, version=version, kms_key_arn=ARN)
    assert judge(guardrail_customer_key, guardrail, seen(Key, ARN, manager=manager)).status is status
