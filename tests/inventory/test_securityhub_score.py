"""The score is the console's: AWS's own examples, and the corner cases that its pages tell of."""

import pytest

from hexward.inventory import NotCollected, SecurityHubFinding
from hexward.inventory.securityhub_score import Tally, score_of
from tests.build import seen

PASSED, FAILED, WARNING, NOT_AVAILABLE = "PASSED", "FAILED", "WARNING", "NOT_AVAILABLE"


def finding(control: str, status: str, resource: str = "one", workflow: str | None = "NEW") -> SecurityHubFinding:
    arn = f"arn:aws:securityhub:us-east-1:111122223333:security-control/{control}/finding/{resource}"
    return seen(SecurityHubFinding, arn, control_id=control, status=status, workflow=workflow)


def standard(*statuses: str) -> Tally:
    """Tally one control per status."""
    return score_of(finding(f"C.{place}", status) for place, status in enumerate(statuses))


# The table of https://docs.aws.amazon.com/securityhub/latest/userguide/standards-security-score.html, and its examples in words:
# seven of ten; six of twelve, of which two have no data and leave no finding.
@pytest.mark.parametrize(
    ("passed", "rest", "percent"),
    [(8, 29, 22), (6, 35, 15), (159, 56, 74), (28, 17, 62), (7, 3, 70), (6, 4, 60), (1, 7, 13), (0, 1, 0), (1, 0, 100)],
)
@pytest.mark.parametrize("other", [FAILED, WARNING, NOT_AVAILABLE])
def test_the_score_is_the_nearest_whole_percentage_of_controls_that_pass(passed, rest, percent, other):
    assert standard(*[PASSED] * passed, *[other] * rest).percent == percent


@pytest.mark.parametrize(
    ("statuses", "counts"),
    [
        ([PASSED, PASSED], (1, 0, 0)),
        ([PASSED, FAILED, WARNING], (0, 1, 0)),
        ([PASSED, WARNING], (0, 0, 1)),
        ([PASSED, NOT_AVAILABLE], (0, 0, 1)),
        ([PASSED, "SOMETHING_NEW"], (0, 0, 1)),
    ],
)
def test_a_control_fails_with_one_resource_and_is_unknown_before_it_passes(statuses, counts):
    score = score_of(finding("S3.1", status, f"bucket-{place}") for place, status in enumerate(statuses))
    assert (score.passed, score.failed, score.unknown) == counts


def test_a_control_whose_failed_findings_are_all_suppressed_passes():
    score = score_of([finding("S3.1", FAILED, workflow="SUPPRESSED"), finding("S3.1", PASSED, "two", "RESOLVED")])
    assert (score.passed, score.failed) == (1, 0)


def test_a_control_whose_findings_are_all_suppressed_has_no_data_and_nothing_without_data_is_perfect():
    assert score_of([finding("S3.1", PASSED, workflow="SUPPRESSED")]).percent is None
    assert score_of([]).percent is None
    assert score_of([finding("S3.1", PASSED), finding("S3.2", FAILED, workflow="SUPPRESSED")]).percent == 100


def test_a_finding_without_a_workflow_counts():
    assert score_of([finding("S3.1", FAILED, workflow=None)]).failed == 1


def test_two_standards_hold_a_control_once_in_the_summary():
    twice = [finding("S3.1", FAILED, "for-fsbp"), finding("S3.1", FAILED, "for-cis"), finding("S3.2", PASSED)]
    assert score_of(twice).percent == 50


def test_coverage_is_the_share_of_checks_that_were_decided():
    score = score_of([*(finding("S3.1", PASSED, str(n)) for n in range(19)), finding("S3.1", WARNING, "last")])
    assert (score.coverage, score.percent) == (95, 0)


def test_a_field_that_was_not_read_is_not_a_pass():
    with pytest.raises(NotCollected):
        score_of([finding("S3.1", PASSED).punched("status")])
