import pytest

from hexward.controls.threats.guardduty_publishing_frequency import guardduty_publishing_frequency
from hexward.inventory import GuardDutyRegion
from hexward.model import Status
from tests.build import inventory, judge, seen


def region(
    frequency: str | None, status: str | None = "ENABLED", detectors: tuple[str, ...] = ("d",)
) -> GuardDutyRegion:
    return seen(GuardDutyRegion, detector_ids=detectors, status=status, finding_publishing_frequency=frequency)


PASS = inventory(region("FIFTEEN_MINUTES"))
FAIL = inventory(region("SIX_HOURS"))


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (region("ONE_HOUR"), Status.FAIL),
        (region(None, None, ()), Status.NOT_APPLICABLE),
        (region("SIX_HOURS", "DISABLED"), Status.NOT_APPLICABLE),
    ],
)
def test_updates_later_than_15_minutes_fail_where_guardduty_is_on(one, status):
    assert judge(guardduty_publishing_frequency, one).status is status
