import pytest

from hexward.collect.budgets import notifications
from hexward.controls.trail.spending_told import spending_told
from hexward.inventory import Spending
from hexward.inventory.budgets import Budget, Notifications
from hexward.model import Status
from tests.build import inventory, judge, seen


def spending(kind: str = "COST", count: int = 1, name: str = "month") -> Spending:
    return seen(Spending, budgets=(Budget("month", kind),), notifications=(Notifications(name, count),))


PASS = inventory(spending())
FAIL = inventory(spending(count=0))


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (seen(Spending, budgets=(), notifications=()), Status.FAIL),
        (spending("USAGE"), Status.FAIL),
        (spending().punched("notifications"), Status.UNKNOWN),
        (seen(Spending, budgets=()), Status.FAIL),
        (seen(Spending, budgets=None), Status.FAIL),
    ],
)
def test_wants_a_budget_of_money_that_tells_somebody(one, status):
    assert judge(spending_told, one).status is status


def test_a_budget_whose_name_would_be_filled_in_is_a_gap():
    class Told:
        gap = None
        data = {"Budgets": [{"BudgetName": "$account"}]}  # noqa: RUF012

    assert "no name" in str(notifications(lambda _: Told()).detail)  # type: ignore[arg-type, return-value, union-attr]
