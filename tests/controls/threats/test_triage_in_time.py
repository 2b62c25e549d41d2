from datetime import timedelta

import pytest

from hexward.controls import audit
from hexward.controls.threats.triage_in_time import triage_in_time
from hexward.inventory import GuardDutyFinding, GuardDutyRegion
from hexward.model import Gap, Reason, Status
from tests.build import NOW, REGION, inventory, judge, seen

STOLEN = "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS"
ON = seen(GuardDutyRegion, detector_ids=("d",))


def finding(
    severity: float, age: timedelta, kind: str = "Recon:EC2/Portscan", name: str = "f", region: str = REGION
) -> GuardDutyFinding:
    arn = f"arn:aws:guardduty:{region}:111122223333:detector/d/finding/{name}"
    return seen(GuardDutyFinding, arn, region=region, id=name, type=kind, severity=severity, created_at=NOW - age)


PASS = inventory(ON, finding(8, timedelta(hours=24)))
FAIL = inventory(ON, finding(8, timedelta(hours=25)))


@pytest.mark.parametrize(
    ("severity", "days", "aspects"),
    [
        (8.9, 1, []), (7.0, 2, ["high"]), (10, 2, ["high"]), (6.9, 7, []), (6.9, 8, ["medium"]), (4.0, 8, ["medium"]), (3.9, 30, []),
        (3.9, 31, ["low"]), (1.0, 31, ["low"]), (float("nan"), 31, ["low"]),
    ],
)  # fmt: skip
def test_each_severity_has_its_time(severity, days, aspects):
    verdict = judge(triage_in_time, ON, finding(severity, timedelta(days=days)))
    assert [fault.aspect for fault in verdict.faults] == aspects


def test_1247_findings_are_counted_and_the_worst_are_named():
    noise = [finding(8, timedelta(days=90), name=f"n{number}") for number in range(1_244)]
    stolen = [finding(8, timedelta(days=3), STOLEN, f"s{number}") for number in range(3)]
    [fault] = judge(triage_in_time, ON, *noise, *stolen).faults
    assert fault.says == (
        "findings of high severity older than 24 hours: 1247, such as "
        + ", ".join(f"{STOLEN} of 2026-02-27 (s{number})" for number in range(3))
    )


def test_findings_of_other_regions_are_judged_there():
    assert judge(triage_in_time, ON, finding(8, timedelta(days=9), region="eu-west-1")).status is Status.PASS


def test_says_nothing_where_guardduty_never_was():
    assert judge(triage_in_time, seen(GuardDutyRegion, detector_ids=())).status is Status.NOT_APPLICABLE


def test_findings_that_were_not_listed_may_be_late():
    gap = Gap(Reason.DENIED, "no", "guardduty:ListFindings", "guardduty:ListFindings", region=REGION)
    given = inventory(ON, unlisted={(GuardDutyFinding, REGION): gap})
    assert judge(triage_in_time, ON).status is Status.PASS
    assert [one.status for one in audit(given, [triage_in_time])] == [Status.UNKNOWN]
