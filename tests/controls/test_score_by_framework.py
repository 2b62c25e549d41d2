from collections.abc import Iterable
from dataclasses import replace

import pytest
from msgspec import structs

from hexward.controls import Control, FrameworkScore, by_control, controls, score
from hexward.controls import by_framework as of_states
from hexward.frameworks import frameworks
from hexward.model import Finding, Kind, Practice, Severity, Status

PASS, FAIL, UNKNOWN, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNKNOWN, Status.NOT_APPLICABLE
A_CONTROL = controls()[0]


def mapped(name: str, *requirements: str, kind: Kind = Kind.RISK) -> Control:
    return replace(A_CONTROL, id=name, frameworks=requirements, kind=kind)


def finding(control: str, status: Status, resource: str = "arn:one", kind: Kind = Kind.RISK) -> Finding:
    return Finding(control, Practice.TRAIL, kind, status, Severity.HIGH, resource, "111122223333", "us-east-1", "")


def by_framework(found: Iterable[Finding], serving: Iterable[Control]) -> dict[str, FrameworkScore]:
    return of_states(by_control(found), serving)


def of_cis(states: Iterable[Status | None]) -> FrameworkScore:
    """Score one control per state, None for a control without findings."""
    given = [(f"trail.c{place}", state) for place, state in enumerate(states)]
    found = [finding(name, state) for name, state in given if state is not None]
    return by_framework(found, [mapped(name, "CIS-AWS:3.1") for name, _ in given])["CIS-AWS"]


# The first four are the table of https://docs.aws.amazon.com/securityhub/latest/userguide/standards-security-score.html: passed,
# failed and unknown controls are below the line, those without data are not, and the figure is the nearest whole number.
@pytest.mark.parametrize(
    ("states", "percent"),
    [
        ([PASS] * 8 + [FAIL] * 29, 22),
        ([PASS] * 6 + [FAIL] * 35, 15),
        ([PASS] * 159 + [FAIL] * 56, 74),
        ([PASS] * 28 + [FAIL] * 17, 62),
        ([PASS] * 6 + [FAIL] * 4 + [None] * 2, 60),
        ([PASS] * 7 + [FAIL] * 3, 70),
        ([PASS] * 6 + [FAIL, FAIL, UNKNOWN, UNKNOWN, None, None], 60),
        ([PASS] * 6 + [FAIL] * 4 + [NOT_APPLICABLE] * 2, 60),
        ([PASS] * 2 + [FAIL], 67),
        ([PASS] + [FAIL] * 2, 33),
        ([PASS] + [FAIL] * 7, 13),
        ([PASS] * 3, 100),
        ([UNKNOWN], 0),
        ([None, NOT_APPLICABLE], None),
        ([], None),
    ],
)
def test_the_score_is_security_hubs(states, percent):
    assert of_cis(states).score.percent == percent


def test_one_failed_resource_fails_the_control_and_unknown_comes_before_pass():
    found = [finding("trail.a", PASS), finding("trail.a", FAIL, "arn:two"), finding("trail.a", UNKNOWN, "arn:three"),
             finding("trail.b", PASS), finding("trail.b", UNKNOWN, "arn:two")]  # fmt: skip
    got = by_framework(found, [mapped("trail.a", "CIS-AWS:3.1"), mapped("trail.b", "CIS-AWS:3.2")])["CIS-AWS"]
    assert (got.score.passed, got.score.failed, got.score.unknown) == (0, 1, 1)
    assert got.score.coverage == 60


def test_a_control_counts_once_in_each_framework_that_it_serves():
    both = mapped("trail.a", "CIS-AWS:3.1", "CIS-AWS:3.2", "PCI-DSS:10.2.1")
    got = by_framework([finding("trail.a", FAIL)], [both])
    assert (got["CIS-AWS"].score.failed, got["PCI-DSS"].score.failed, got["HIPAA"].score.failed) == (1, 1, 0)
    assert got["CIS-AWS"].served == 2


def test_what_serves_a_framework_is_read_from_the_controls_alone():
    stale = structs.replace(finding("trail.a", FAIL), frameworks=("CIS-AWS:3.1",))
    got = by_framework([stale], [mapped("trail.a", "PCI-DSS:10.2.1")])
    assert got["CIS-AWS"].score.failed == 0
    assert got["PCI-DSS"].score.failed == 1


def test_advice_serves_and_does_not_score():
    got = by_framework(
        [finding("trail.a", FAIL, kind=Kind.ADVICE)], [mapped("trail.a", "HIPAA:164.312(b)", kind=Kind.ADVICE)]
    )
    assert got["HIPAA"].score.percent is None
    assert got["HIPAA"].served == 1


def test_every_requirement_is_served_or_unserved_even_without_findings():
    got = by_framework([], controls())
    assert list(got) == [framework.id for framework in frameworks()]
    for framework in frameworks():
        assert got[framework.id].served + got[framework.id].unserved == len(framework.requirements)
        assert got[framework.id].score.percent is None


def test_a_requirement_stands_as_the_worst_of_its_controls():
    serving = [mapped("trail.a", "CIS-AWS:3.1", "CIS-AWS:3.2"), mapped("trail.b", "CIS-AWS:3.2", "CIS-AWS:3.3")]
    got = by_framework([finding("trail.a", PASS), finding("trail.b", UNKNOWN)], serving)["CIS-AWS"]
    told = {one.requirement.id: (one.status, one.controls) for one in got.requirements}
    assert told["3.1"] == (PASS, ("trail.a",))
    assert told["3.2"] == (UNKNOWN, ("trail.a", "trail.b"))
    assert told["3.3"] == (UNKNOWN, ("trail.b",))
    assert told["3.4"] == (None, ())


def test_a_critical_control_weighs_eight_times_a_low_one():
    critical = structs.replace(finding("trail.a", FAIL), severity=Severity.CRITICAL)
    low = structs.replace(finding("trail.b", PASS), severity=Severity.LOW)
    got = score([critical, low])
    assert (got.percent, got.weighted) == (50, 11)


def test_accepted_faults_are_counted_and_do_not_score():
    got = score(
        [finding("trail.a", Status.EXCEPTED), finding("trail.b", Status.EXCEPTED), finding("trail.b", PASS, "arn:two")]
    )
    assert (got.passed, got.failed, got.excepted, got.applicable) == (1, 0, 2, 1)


def test_a_resource_with_an_accepted_and_an_open_fault_still_fails():
    got = score([finding("trail.a", Status.EXCEPTED), finding("trail.a", FAIL)])
    assert (got.failed, got.decided, got.applicable, got.excepted) == (1, 1, 1, 1)
