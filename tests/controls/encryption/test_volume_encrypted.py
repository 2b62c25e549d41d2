import pytest

from hexward.controls.encryption.volume_encrypted import volume_encrypted
from hexward.inventory import Volume
from hexward.inventory.tags import Tags
from hexward.model import Status
from tests.build import inventory, judge, seen


def volume(state: str = "in-use", tags: Tags | None = None, *, encrypted: bool = False) -> Volume:
    return seen(Volume, state=state, tags=tags, encrypted=encrypted)


PASS = inventory(volume(encrypted=True))
FAIL = inventory(volume())


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (volume("available"), Status.NOT_APPLICABLE),
        (volume("available", {"data-class": "internal"}), Status.FAIL),
        (volume("available", {"Name": "x"}), Status.NOT_APPLICABLE),
        (volume("available", encrypted=True), Status.PASS),
        (seen(Volume, encrypted=False, state="in-use"), Status.UNKNOWN),
        (seen(Volume, encrypted=True), Status.PASS),
    ],
)
def test_judges_disks_in_use_and_those_of_classed_data(one, status):
    assert judge(volume_encrypted, one).status is status
