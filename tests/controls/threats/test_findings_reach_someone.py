import pytest

from hexward.controls.routing import Routing
from hexward.controls.threats.findings_reach_someone import findings_reach_someone
from hexward.model import Status
from tests.build import inventory, judge, seen


def routing(*unheard: str, enabled: bool = True) -> Routing:
    return seen(Routing, enabled=enabled, unheard=unheard)


PASS = inventory(routing())
FAIL = inventory(routing("severity 8 Exfiltration:S3/AnomalousBehavior"))


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (routing("severity 8 x", enabled=False), Status.NOT_APPLICABLE),
        (seen(Routing, enabled=True), Status.UNKNOWN),
        (seen(Routing, unheard=()), Status.UNKNOWN),
    ],
)
def test_is_asked_where_guardduty_is_on(one, status):
    assert judge(findings_reach_someone, one).status is status
