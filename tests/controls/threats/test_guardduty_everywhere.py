import pytest

from hexward.controls.threats.guardduty_everywhere import guardduty_everywhere
from hexward.inventory import GuardDutyRegion
from hexward.model import Status
from tests.build import inventory, judge, seen

PASS = inventory(seen(GuardDutyRegion, detector_ids=("d",), status="ENABLED"))
FAIL = inventory(seen(GuardDutyRegion, detector_ids=("d",), status="DISABLED"))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"detector_ids": (), "status": None}, Status.FAIL),
        ({"detector_ids": (), "status": "ENABLED"}, Status.FAIL),
        ({"detector_ids": ("d",)}, Status.UNKNOWN),
        ({"status": "ENABLED"}, Status.UNKNOWN),
    ],
)
def test_judges_the_detector_of_a_region(fields, status):
    assert judge(guardduty_everywhere, seen(GuardDutyRegion, **fields)).status is status


def test_names_the_region_that_is_not_watched():
    verdict = judge(guardduty_everywhere, seen(GuardDutyRegion, region="eu-west-3", detector_ids=(), status=None))
    assert [fault.says for fault in verdict.faults] == ["GuardDuty was never enabled in eu-west-3"]
