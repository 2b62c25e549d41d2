from datetime import datetime, timedelta
from typing import Any

import pytest

from hexward.controls.encryption.key_last_rotated import key_last_rotated
from hexward.inventory import Key
from hexward.model import Status
from tests.build import NOW, inventory, judge, seen


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def key(rotations: tuple[datetime, ...] | None, created: int = 1100, **changes: Any) -> Key:
    fields: dict[str, Any] = {
        "manager": "CUSTOMER",
        "usage": "ENCRYPT_DECRYPT",
        "spec": "SYMMETRIC_DEFAULT",
        "state": "Enabled",
        "origin": "AWS_KMS",
    }
    return seen(Key, **{**fields, "created": ago(created), "rotations": rotations, **changes})


PASS = inventory(key((ago(100), ago(465))))
FAIL = inventory(key((ago(465), ago(830))))


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (key(()), Status.FAIL),
        (key((), created=372), Status.PASS),
        (key((), created=373), Status.FAIL),
        (key((ago(372),)), Status.PASS),
        (key(None, created=30, spec="RSA_4096"), Status.PASS),
        (key(None, spec="RSA_4096"), Status.UNKNOWN),
        (key(None, origin="AWS_CLOUDHSM"), Status.UNKNOWN),
        (key((), origin="EXTERNAL"), Status.FAIL),
        (key((ago(20),), origin="EXTERNAL"), Status.PASS),
        (key(None, usage="SIGN_VERIFY", spec="ECC_NIST_P256"), Status.NOT_APPLICABLE),
        (key(None, usage="GENERATE_VERIFY_MAC", spec="HMAC_256"), Status.NOT_APPLICABLE),
        (key(None, state="PendingDeletion"), Status.NOT_APPLICABLE),
        (key(None, manager="AWS"), Status.NOT_APPLICABLE),
        (key(()).punched("rotations"), Status.UNKNOWN),
    ],
)
def test_counts_from_the_last_rotation_and_not_from_the_switch(one, status):
    assert judge(key_last_rotated, one).status is status
