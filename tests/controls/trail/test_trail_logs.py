import pytest

from hexward.controls.trail.trail_logs import trail_logs
from hexward.model import Status
from tests.build import inventory, judge
from tests.controls.trail.trails import trail

PASS = inventory(trail())
FAIL = inventory(trail(logging=False))


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (trail(error=""), []),
        (trail(error="AccessDenied"), ["delivery"]),
        (trail(logging=False, error="NoSuchBucket"), ["stopped", "delivery"]),
    ],
)
def test_a_stopped_trail_and_a_refused_file_are_two_faults(one, aspects):
    assert [fault.aspect for fault in judge(trail_logs, one).faults] == aspects


def test_a_stopped_trail_fails_though_its_delivery_was_not_read():
    one = trail(logging=False).punched("latest_delivery_error")
    assert judge(trail_logs, one).status is Status.FAIL
