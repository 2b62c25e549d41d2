import pytest

from hexward.controls.vulnerabilities.critical_age import critical_age
from hexward.model import Status
from tests.build import inventory, judge
from tests.controls.vulnerabilities.scans import AWS, FUNCTION, IMAGE, coverage, finding, workload

PASS = inventory(workload(IMAGE), coverage(), finding("CRITICAL", 6))
FAIL = inventory(workload(IMAGE), coverage(), finding("CRITICAL", 8))


@pytest.mark.parametrize(
    ("findings", "aspects"),
    [
        ([], []),
        ([finding("CRITICAL", 7)], []),
        ([finding("CRITICAL", 7.1)], ["CRITICAL"]),
        ([finding("CRITICAL", 7.1, "PARTIAL")], ["CRITICAL"]),
        ([finding("CRITICAL", 90, "NO")], []),
        ([finding("CRITICAL", 90, None)], []),
        ([finding("HIGH", 30)], []),
        ([finding("HIGH", 31), finding("CRITICAL", 31)], ["CRITICAL", "HIGH"]),
        ([finding("CRITICAL", 31, tags=("2",))], []),
    ],
)
def test_a_hole_with_a_fix_may_stay_a_week_if_critical_and_a_month_if_high(findings, aspects):
    faults = judge(critical_age, workload(IMAGE), coverage(), *findings).faults
    assert [fault.aspect.partition(" ")[0] for fault in faults] == aspects


def test_the_fault_counts_the_holes_and_names_the_oldest():
    found = [finding("CRITICAL", days, hole=f"CVE-2026-{days}") for days in (1, 8, 40, 9)]
    [fault] = judge(critical_age, workload(IMAGE), coverage(), *found).faults
    assert fault.says == (
        "critical holes in serve:1 with a fix, older than 7 days: 3, the oldest CVE-2026-40 since 2026-01-21"
    )


def test_a_function_is_judged_by_its_own_holes():
    of = f"{FUNCTION}:$LATEST"
    found = [coverage(of=of), finding("CRITICAL", 8, of=of), finding("HIGH", 60)]
    [fault] = judge(critical_age, workload(arn=FUNCTION), *found).faults
    assert fault.says.startswith("critical holes in the function with a fix")


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([], Status.UNKNOWN),
        ([coverage("INACTIVE", "SCAN_ELIGIBILITY_EXPIRED")], Status.UNKNOWN),
        ([coverage().punched("status")], Status.UNKNOWN),
        ([coverage("INACTIVE"), finding("CRITICAL", 8)], Status.FAIL),
    ],
)
def test_no_finding_on_what_is_not_scanned_is_unknown(rows, status):
    assert judge(critical_age, workload(IMAGE), *rows).status is status


def test_what_inspector_cannot_scan_is_not_judged_here():
    assert judge(critical_age, workload(AWS)).status is Status.NOT_APPLICABLE
