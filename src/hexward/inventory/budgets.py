"""AWS Budgets: which budgets the account has, and which of them tell somebody."""

from typing import Annotated, Any

from hexward.inventory.record import At, Part, Record, record

BUDGETS = "budgets:DescribeBudgets"
NOTIFICATIONS = "budgets:DescribeNotificationsForBudget"


class Budget(Part):
    """A budget; `budget_type` is COST for money, and other words for use, coverage and utilisation."""

    budget_name: str
    budget_type: str


class Notifications(Part):
    """How many notifications one budget has, by its name."""

    budget_name: str
    count: int


def counted(raw: Any) -> list[dict[str, object]]:  # noqa: ANN401  (AWS's own JSON)
    """Read what was collected of each budget's notifications; raises ValueError where that is no list."""
    if not isinstance(raw, list) or not all(isinstance(one.get("Notifications"), list) for one in raw):
        msg = "notifications are no list"
        raise ValueError(msg)
    return [{"BudgetName": one["BudgetName"], "Count": len(one["Notifications"])} for one in raw]


@record
class Spending(Record):
    """The budgets of the account; AWS leaves the list out where there is none.

    https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html
    """

    budgets: Annotated[tuple[Budget, ...] | None, At(BUDGETS, "Budgets")]
    notifications: Annotated[tuple[Notifications, ...], At(NOTIFICATIONS, "Notifications", counted)]

    @property
    def telling(self) -> tuple[str, ...]:
        """Return the names of the budgets of money that notify somebody. Raises NotCollected if either was not read."""
        of_money = {one.budget_name for one in self.budgets or () if one.budget_type == "COST"}
        return tuple(one.budget_name for one in self.notifications if one.count and one.budget_name in of_money)
