import pytest

from hexward.controls.encryption.snapshot_private import snapshot_private
from hexward.inventory import Snapshot
from hexward.inventory.ec2_disks import VolumePermission
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge, seen

EVERYONE = VolumePermission(group="all")
OTHER = VolumePermission(user_id="999999999999")


def snapshot(*permissions: VolumePermission) -> Snapshot:
    return seen(Snapshot, permissions=permissions)


PASS = inventory(snapshot())
FAIL = inventory(snapshot(EVERYONE))


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (snapshot(VolumePermission(user_id=ACCOUNT)), []),
        (snapshot(OTHER), ["account 999999999999"]),
        (snapshot(OTHER, EVERYONE), ["account 999999999999", "public"]),
    ],
)
def test_tells_each_outsider_apart(one, aspects):
    assert [fault.aspect for fault in judge(snapshot_private, one).faults] == aspects


def test_is_unknown_where_it_is_not_seen_with_whom_it_is_shared():
    assert judge(snapshot_private, seen(Snapshot)).status is Status.UNKNOWN
