import pytest

from hexward.controls.identity.weekly_review import weekly_review
from hexward.model import Status
from tests.build import inventory, judge
from tests.controls.identity.analyzers import EXTERNAL, analyzing, unused
from tests.controls.identity.test_analyzer_findings_age import finding

PASS = inventory(analyzing(EXTERNAL), finding(8))
FAIL = inventory(analyzing(EXTERNAL), finding(8.1))


@pytest.mark.parametrize(
    ("region", "others", "status"),
    [
        (analyzing(EXTERNAL), (), Status.PASS),
        (analyzing(), (), Status.FAIL),
        (analyzing(unused(90)), (), Status.FAIL),
        (analyzing(EXTERNAL), (finding(400, region="eu-west-1"),), Status.PASS),
        (analyzing(EXTERNAL), (finding(1), finding(1).punched("created")), Status.UNKNOWN),
        (analyzing(EXTERNAL), (finding(400), finding(1).punched("created")), Status.FAIL),
    ],
)
def test_the_trace_of_a_review_is_that_nothing_stays_open(region, others, status):
    assert judge(weekly_review, region, *others).status is status


def test_counts_what_is_late():
    [fault] = judge(weekly_review, analyzing(EXTERNAL), finding(1), finding(30)).faults
    assert fault.says == "1 of 2 findings are open for more than eight days, the oldest for 30"
