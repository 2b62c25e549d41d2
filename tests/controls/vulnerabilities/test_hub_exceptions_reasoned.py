import pytest

from hexward.controls.vulnerabilities.hub_exceptions_reasoned import hub_exceptions_reasoned
from hexward.inventory import SecurityHubDisabledControl, SecurityHubFinding, SecurityHubRegion, SecurityHubStandard
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

HUB = seen(SecurityHubRegion, hub_arn="arn:hub")
OFF = seen(SecurityHubRegion, hub_arn=None)


def disabled(reason: str | None) -> SecurityHubDisabledControl:
    return seen(SecurityHubDisabledControl, control_id="S3.1", disabled_reason=reason)


def finding(
    note: str | None, workflow: str = "SUPPRESSED", found_in: str = REGION, number: int = 1
) -> SecurityHubFinding:
    arn = f"arn:aws:securityhub:{found_in}:{ACCOUNT}:security-control/S3.2/finding/{number}"
    return seen(SecurityHubFinding, arn, control_id="S3.2", workflow=workflow, note=note)


def standard(updatable: str | None) -> SecurityHubStandard:
    arn = f"arn:aws:securityhub:{REGION}::standards/pci-dss/v/4.0.1"
    return seen(SecurityHubStandard, standards_arn=arn, controls_updatable=updatable)


PASS = inventory(HUB, standard("READY_FOR_UPDATES"), disabled("until March, by Ana"), finding("known, by Ana"))
FAIL = inventory(HUB, standard("READY_FOR_UPDATES"), disabled(None), finding("known, by Ana"))


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ([disabled(" ")], ["S3.1 is off without a reason"]),
        ([finding(None), finding("", number=2)], ["suppressed findings of S3.2 without a note: 2"]),
        ([finding(None, "RESOLVED")], []),
        ([finding(None, found_in="eu-west-1")], []),
        ([], []),
    ],
)
def test_what_is_passed_over_has_a_reason(others, says):
    assert [fault.says for fault in judge(hub_exceptions_reasoned, HUB, *others).faults] == says


def test_controls_that_are_not_told_are_unknown():
    assert judge(hub_exceptions_reasoned, HUB, standard("NOT_READY_FOR_UPDATES")).status is Status.UNKNOWN
    assert judge(hub_exceptions_reasoned, HUB, standard(None)).status is Status.PASS
    assert judge(hub_exceptions_reasoned, OFF, disabled(None)).status is Status.NOT_APPLICABLE
