from datetime import datetime, timedelta

import pytest

from hexward.controls.trail.trail_reaches_log_group import trail_reaches_log_group
from hexward.inventory import Trail
from hexward.model import Status
from tests.build import NOW, inventory, judge, seen

GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:trail:*"


def trail(group: str | None = GROUP, last: datetime | None = NOW) -> Trail:
    return seen(Trail, cloud_watch_logs_log_group_arn=group, latest_cloud_watch_logs_delivery_time=last)


PASS = inventory(trail())
FAIL = inventory(trail(None))


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (trail(last=NOW - timedelta(hours=24)), Status.PASS),
        (trail(last=NOW - timedelta(hours=25)), Status.FAIL),
        (trail(last=None), Status.FAIL),
        (trail().punched("latest_cloud_watch_logs_delivery_time"), Status.UNKNOWN),
    ],
)
def test_the_last_delivery_is_of_the_last_day(one, status):
    assert judge(trail_reaches_log_group, one).status is status
