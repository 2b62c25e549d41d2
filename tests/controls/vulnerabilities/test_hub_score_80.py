import pytest

from hexward.controls.vulnerabilities.hub_score_80 import hub_score_80
from hexward.inventory import SecurityHubFinding, SecurityHubStandard
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

ID = "standards/nist-800-53/v/5.0.0"


def standard(status: str = "READY") -> SecurityHubStandard:
    return seen(SecurityHubStandard, standards_arn=f"arn:aws:securityhub:{REGION}::{ID}", status=status)


def finding(number: int, status: str, region: str = REGION, of: str = ID, workflow: str = "NEW") -> SecurityHubFinding:
    arn = f"arn:aws:securityhub:{region}:{ACCOUNT}:security-control/S3.{number}/finding/1"
    return seen(
        SecurityHubFinding,
        arn,
        region=region,
        control_id=f"S3.{number}",
        status=status,
        workflow=workflow,
        standards=(of,),
    )


def findings(*statuses: str) -> list[SecurityHubFinding]:
    return [finding(number, status) for number, status in enumerate(statuses)]


FOUR = ["PASSED"] * 4

PASS = inventory(standard(), *findings(*FOUR, "FAILED", "PASSED"))
FAIL = inventory(standard(), *findings(*FOUR, "FAILED", "FAILED"))


@pytest.mark.parametrize(
    ("found", "aspects"),
    [
        (findings(*FOUR, "FAILED"), []),
        (findings(*FOUR, "FAILED", "FAILED"), ["score"]),
        (findings(*["PASSED"] * 79, *["FAILED"] * 20), []),
        (findings(*["PASSED"] * 19, "WARNING"), []),
        (findings(*["PASSED"] * 18, "WARNING"), ["coverage"]),
        (findings("PASSED", "NOT_AVAILABLE"), ["score", "coverage"]),
        ([*findings("PASSED"), finding(7, "FAILED", of="standards/pci-dss/v/4.0.1")], []),
        ([*findings("PASSED"), finding(7, "FAILED", "eu-west-1")], []),
        ([*findings("PASSED"), finding(7, "FAILED", workflow="SUPPRESSED")], []),
    ],
)
def test_a_standard_needs_80_percent_and_decisions_on_95(found, aspects):
    assert [fault.aspect for fault in judge(hub_score_80, standard(), *found).faults] == aspects


def test_the_fault_gives_the_console_s_figure():
    [fault] = judge(hub_score_80, standard(), *findings(*["PASSED"] * 6, *["FAILED"] * 4)).faults
    assert fault.says == "nist-800-53/v/5.0.0 scores 60 %: 4 controls fail, 0 are undecided, 6 pass"


def test_no_evidence_is_unknown_and_a_standard_on_its_way_out_is_not_judged():
    assert judge(hub_score_80, standard()).status is Status.UNKNOWN
    assert judge(hub_score_80, standard(), finding(1, "PASSED", workflow="SUPPRESSED")).status is Status.UNKNOWN
    assert judge(hub_score_80, standard("DELETING")).status is Status.NOT_APPLICABLE
