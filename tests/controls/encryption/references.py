"""What a setting may name as its key, and what a control that wants the customer's key says of each."""

import pytest

from hexward.controls import Control
from hexward.inventory import Alias, Key, Record
from hexward.model import Status
from tests.build import ACCOUNT, REGION, judge, seen

ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
KEY = seen(Key, ARN, manager="CUSTOMER")
ALIAS = seen(Alias, f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/ai", target_key_id="k1")

every_reference = pytest.mark.parametrize(
    ("reference", "manager", "status"),
    [
        (ARN, "AWS", Status.FAIL),
        (ALIAS.arn, "CUSTOMER", Status.PASS),
        (ALIAS.arn, "AWS", Status.FAIL),
        (f"arn:aws:kms:{REGION}:444455556666:key/k2", "CUSTOMER", Status.UNKNOWN),
    ],
)


def status_under(control: Control, record: Record, manager: str) -> Status:
    """Judge a record in an account whose one key, with an alias, is managed by the customer or by AWS."""
    return judge(control, record, seen(Key, ARN, manager=manager), ALIAS).status
