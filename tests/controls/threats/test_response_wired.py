import pytest

from hexward.controls.routing import Routing
from hexward.controls.threats.response_wired import response_wired
from hexward.model import Status
from tests.build import inventory, judge, seen


def routing(*unanswered: str, enabled: bool = True) -> Routing:
    return seen(Routing, enabled=enabled, unanswered=unanswered)


PASS = inventory(routing())
FAIL = inventory(routing("severity 9 AttackSequence:IAM/CompromisedCredentials"))


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (routing("severity 8 x", enabled=False), Status.NOT_APPLICABLE),
        (seen(Routing, enabled=True), Status.UNKNOWN),
        (seen(Routing, unanswered=()), Status.UNKNOWN),
    ],
)
def test_is_asked_where_guardduty_is_on(one, status):
    assert judge(response_wired, one).status is status


def test_names_the_worst_and_counts_the_rest():
    [fault] = judge(response_wired, routing("severity 8 a", "severity 9 b")).faults
    assert fault.says == "no working rule hands findings such as severity 9 b and 1 more to anything that acts"
