import pytest

from hexward.controls.threats.guardduty_findings_exported import guardduty_findings_exported
from hexward.inventory import GuardDutyRegion
from hexward.inventory.guardduty import Administrator, Destination
from hexward.model import Status
from tests.build import inventory, judge, seen

BROKEN = "UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY"


def region(*statuses: str, status: str = "ENABLED", administrator: Administrator | None = None) -> GuardDutyRegion:
    made = tuple(Destination(f"d{at}", one) for at, one in enumerate(statuses))
    return seen(GuardDutyRegion, detector_ids=("d",), status=status, destinations=made, administrator=administrator)


PASS = inventory(region("PUBLISHING"))
FAIL = inventory(region(BROKEN))


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (region(), Status.FAIL),
        (region("STOPPED", "PENDING_VERIFICATION"), Status.FAIL),
        (region(BROKEN, "PUBLISHING"), Status.PASS),
        (region(status="DISABLED"), Status.NOT_APPLICABLE),
        (region(administrator=Administrator("999999999999", "Enabled")), Status.UNKNOWN),
        (region("PUBLISHING", administrator=Administrator("999999999999", "Enabled")), Status.PASS),
        (region().punched("administrator"), Status.UNKNOWN),
    ],
)
def test_one_destination_that_works_is_enough(one, status):
    assert judge(guardduty_findings_exported, one).status is status


def test_says_what_state_the_destinations_are_in():
    [fault] = judge(guardduty_findings_exported, region(BROKEN)).faults
    assert fault.says == f"findings are not exported (destinations here: {BROKEN})"
