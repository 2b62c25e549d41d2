"""Somebody is told when the account spends more than was meant.

Why: the start-up learned of $67,400 of GPU machines from its bill. A budget speaks within the day, whatever the intruder switched off
in the account itself, since it counts money and not calls.

Fix: make a budget of cost for the account, or for SageMaker and Bedrock alone, and have it notify people well below what would hurt; a
budget action can also attach a policy that stops new machines. AWS counts costs several times a day, so it comes after hours. Whether
the amount is wise, and whether the address is read, is not judged.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Spending
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("OWASP-LLM:LLM10", "NIST-800-53:SI-4"),
    source="https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
)
def spending_told(spending: Spending) -> Iterator[Fault]:
    if not spending.budgets:
        yield Fault("the account has no budget", field="budgets")
    elif not spending.telling:
        yield Fault(f"none of {len(spending.budgets)} budgets tells anyone what is spent", field="notifications")
