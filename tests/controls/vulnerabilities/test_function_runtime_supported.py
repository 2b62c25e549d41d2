from datetime import UTC, datetime

import pytest

from hexward.controls import judge
from hexward.controls.vulnerabilities.function_runtime_supported import function_runtime_supported
from hexward.inventory import Function, Inventory
from hexward.model import Status
from tests.build import ACCOUNT, inventory, seen

PASS = inventory(seen(Function, runtime="python3.13"))
FAIL = inventory(seen(Function, runtime="python3.9"))


@pytest.mark.parametrize(
    ("runtime", "day", "status"),
    [
        ("nodejs20.x", 29, Status.PASS),
        ("nodejs20.x", 30, Status.FAIL),
        ("provided.al2023", 30, Status.PASS),
        ("python4.0", 30, Status.UNKNOWN),
        (None, 30, Status.NOT_APPLICABLE),
    ],
)
def test_a_runtime_fails_from_the_day_of_its_deprecation(runtime, day, status):
    one = seen(Function, runtime=runtime)
    given = Inventory(ACCOUNT, datetime(2026, 4, day, tzinfo=UTC), ["us-east-1"], [one])
    assert judge(function_runtime_supported, one, given).status is status
