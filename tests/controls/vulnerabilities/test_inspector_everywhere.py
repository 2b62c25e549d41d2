import pytest

from hexward.controls.vulnerabilities.inspector_everywhere import SCANS, inspector_everywhere
from hexward.inventory import InspectorRegion
from hexward.model import Status
from tests.build import inventory, judge, seen


def region(**changed: str) -> InspectorRegion:
    return seen(InspectorRegion, **{**dict.fromkeys(SCANS, "ENABLED"), **changed})


PASS = inventory(region())
FAIL = inventory(region(ecr="DISABLED"))


@pytest.mark.parametrize("scan", sorted(SCANS))
@pytest.mark.parametrize("status", ["DISABLED", "ENABLING", "SUSPENDED"])
def test_each_scan_that_does_not_run_is_a_fault_of_its_own(scan, status):
    assert [fault.aspect for fault in judge(inspector_everywhere, region(**{scan: status})).faults] == [scan]


def test_a_scan_that_the_region_does_not_tell_of_is_unknown_and_hides_no_fault():
    told = seen(InspectorRegion, ec2="ENABLED", ecr="ENABLED", lambda_="ENABLED")
    assert judge(inspector_everywhere, told).status is Status.UNKNOWN
    assert judge(inspector_everywhere, region(ec2="DISABLED").punched("lambda_code")).status is Status.FAIL
