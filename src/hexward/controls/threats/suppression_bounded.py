"""No suppression rule of GuardDuty archives severe findings, or those about credentials and AI.

Why: a rule that was made against noise goes on archiving in silence: what it matches reaches no console, no Security Hub and no
EventBridge rule. Whoever gets in may make one, too, before he goes on.

Fix: add a condition that severity is less than 7, or name the types and the very resource or address that they may come from. A
rule on a type about credentials always counts, also for AWS's own example of a company's own exit to the internet: give it an
exception with an owner and an end. Which severity a named type really has is not known here.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import GuardDutyFilter
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AU-6", "NIST-800-53:SI-4"),
    source="https://docs.aws.amazon.com/guardduty/latest/ug/create-suppression-rules-guardduty.html",
)
def suppression_bounded(rule: GuardDutyFilter) -> Iterator[Fault]:
    if rule.action != "ARCHIVE":
        raise NotApplicable("it is a saved search, and archives nothing")
    if rule.archives_severe:
        asked = ", ".join(sorted(rule.criterion)) or "nothing"
        yield Fault(
            f"it can archive findings of severity 7 and more: it asks for {asked}", field="criterion", aspect="severe"
        )
    if rule.grave_types:
        yield Fault(f"it archives findings of type {', '.join(rule.grave_types)}", field="criterion", aspect="grave")
