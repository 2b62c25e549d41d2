"""Collects the account's budgets, and how many notifications each one has."""

from collections.abc import Mapping

from hexward.collect.table import Ask, Call, Report, Table
from hexward.inventory import Spending
from hexward.inventory.budgets import BUDGETS, NOTIFICATIONS
from hexward.model import Gap, Reason

LISTING = Call("DescribeBudgets", {"AccountId": "$account", "MaxResults": 100})


def notifications(ask: Ask) -> Mapping[str, object] | Gap:
    """Ask for the notifications of each budget; one that cannot be read is a gap, since it might be the one that tells."""
    told = []
    budgets = ask(LISTING).data.get("Budgets") or []
    if not isinstance(budgets, list):
        return Gap(Reason.MALFORMED, "Budgets is not a list in the answer", BUDGETS)
    for one in budgets:
        name = one.get("BudgetName") if isinstance(one, Mapping) else None
        if not isinstance(name, str) or name.startswith("$"):
            return Gap(Reason.MALFORMED, "a budget has no name that can be asked for", NOTIFICATIONS)
        arguments = {"AccountId": "$account", "BudgetName": name, "MaxResults": 100}
        found = ask(Call("DescribeNotificationsForBudget", arguments, absent=("NotFoundException",)))
        if found.gap is not None:
            return found.gap
        told.append({"BudgetName": name, "Notifications": found.data.get("Notifications", [])})
    return {"": {"Notifications": told}}


TABLES = (
    Table(
        Spending,
        "budgets",
        LISTING,
        "",
        "arn:{partition}:budgets::{account}:budget/*",
        report=Report(NOTIFICATIONS, ("DescribeNotificationsForBudget",), "", notifications),
        everywhere=False,
    ),
)
