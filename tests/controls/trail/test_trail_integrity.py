import pytest

from hexward.controls.trail.trail_integrity import trail_integrity
from hexward.inventory import Bucket, Key, Trail
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1"


def trail(key: str | None = KEY, *, validated: bool = True) -> Trail:
    return seen(Trail, log_file_validation_enabled=validated, kms_key_id=key, s3_bucket_name="logs")


def bucket(versioning: str | None = "Enabled") -> Bucket:
    return seen(Bucket, "arn:aws:s3:::logs", name="logs", versioning=versioning)


def key(manager: str = "CUSTOMER") -> Key:
    return seen(Key, KEY, manager=manager)


PASS = inventory(trail(), bucket(), key())
FAIL = inventory(trail(validated=False), bucket(), key())


@pytest.mark.parametrize(
    ("one", "others", "aspects", "status"),
    [
        (trail(None), (bucket(),), {"key"}, Status.FAIL),
        (trail(), (bucket(), key("AWS")), {"key"}, Status.FAIL),
        (trail(), (bucket(None), key()), {"versions"}, Status.FAIL),
        (trail(None, validated=False), (bucket("Suspended"),), {"validation", "key", "versions"}, Status.FAIL),
        (trail(), (key(),), set(), Status.UNKNOWN),
        (trail(KEY.replace(ACCOUNT, "999999999999")), (bucket(None),), {"versions"}, Status.FAIL),
        (trail(KEY.replace(ACCOUNT, "999999999999")), (bucket(),), set(), Status.UNKNOWN),
    ],
)
def test_what_is_in_another_account_is_unknown_and_hides_no_fault(one, others, aspects, status):
    verdict = judge(trail_integrity, one, *others)
    assert {fault.aspect for fault in verdict.faults} == aspects
    assert verdict.status is status
