import pytest

from hexward.controls.encryption.training_data_locked import training_data_locked
from hexward.inventory import Bucket
from hexward.inventory.s3 import LockRule, ObjectLock, Retention
from hexward.inventory.tags import Tags
from hexward.model import Status
from tests.build import inventory, judge, seen

LOCKED = ObjectLock("Enabled", LockRule(Retention("COMPLIANCE")))
RELEASED = {"dataset-status": "released"}


def bucket(
    lock: ObjectLock | None, tags: Tags | None = RELEASED, versioning: str | None = "Enabled", mfa: str | None = None
) -> Bucket:
    return seen(Bucket, tags=tags, object_lock=lock, versioning=versioning, mfa_delete=mfa)


PASS = inventory(bucket(LOCKED))
FAIL = inventory(bucket(None))


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (bucket(ObjectLock("Enabled")), Status.FAIL),
        (bucket(ObjectLock("Enabled", LockRule())), Status.FAIL),
        (bucket(None, mfa="Enabled"), Status.PASS),
        (bucket(None, versioning="Suspended", mfa="Enabled"), Status.FAIL),
        (bucket(None, {"Dataset_State": "Frozen"}), Status.FAIL),
        (bucket(None, {"dataset-status": "draft"}), Status.NOT_APPLICABLE),
        (bucket(None, None), Status.NOT_APPLICABLE),
        (seen(Bucket, object_lock=None, versioning=None, mfa_delete=None), Status.UNKNOWN),
    ],
)
def test_asks_for_a_lock_on_what_is_released(one, status):
    assert judge(training_data_locked, one).status is status
