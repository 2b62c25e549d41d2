from datetime import UTC, datetime

import pytest

from hexward.controls import judge
from hexward.controls.vulnerabilities.notebook_platform_supported import notebook_platform_supported
from hexward.inventory import Inventory, NotebookInstance
from hexward.model import Status
from tests.build import ACCOUNT, inventory, seen


def notebook(platform: str) -> NotebookInstance:
    return seen(NotebookInstance, platform_identifier=platform)


PASS = inventory(notebook("notebook-al2023-v1"))
FAIL = inventory(notebook("notebook-al2-v2"))


@pytest.mark.parametrize(
    ("platform", "month", "status"),
    [
        ("notebook-al2-v3", 6, Status.PASS),
        ("notebook-al2-v3", 7, Status.FAIL),
        ("notebook-al1-v1", 6, Status.FAIL),
        ("notebook-al2023-v1", 7, Status.PASS),
        ("notebook-al2023-v9", 6, Status.UNKNOWN),
    ],
)
def test_support_ends_on_a_day_and_is_measured_from_the_time_of_collection(platform, month, status):
    one = notebook(platform)
    given = Inventory(ACCOUNT, datetime(2026, month, 1, tzinfo=UTC), ["us-east-1"], [one])
    assert judge(notebook_platform_supported, one, given).status is status
