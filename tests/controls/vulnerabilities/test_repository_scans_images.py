import pytest

from hexward.controls.vulnerabilities.repository_scans_images import repository_scans_images
from hexward.inventory import Repository
from hexward.inventory.ecr import ImageScanning
from hexward.model import Status
from tests.build import inventory, judge, seen

PASS = inventory(seen(Repository, scan_frequency="SCAN_ON_PUSH"))
FAIL = inventory(seen(Repository, scan_frequency="MANUAL"))


@pytest.mark.parametrize(
    ("frequency", "own_switch", "status"),
    [("CONTINUOUS_SCAN", False, Status.PASS), ("SCAN_ON_PUSH", False, Status.PASS), ("MANUAL", True, Status.FAIL)],
)
def test_what_the_registry_decides_counts_and_not_the_repositorys_own_switch(frequency, own_switch, status):
    switch = ImageScanning(scan_on_push=own_switch)
    one = seen(Repository, scan_frequency=frequency, image_scanning_configuration=switch)
    assert judge(repository_scans_images, one).status is status
