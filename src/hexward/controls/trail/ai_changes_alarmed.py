"""Somebody is told when AI workloads are blinded or walked into.

Why: whoever steals a model or runs up a bill on it first turns off its invocation log, its guardrail or GuardDuty, or makes a link into
a notebook. Each of these is one call that hardly anybody makes on an ordinary day.

Fix: make a rule of EventBridge, or a metric filter with an alarm, for these calls, with a topic that reaches whoever is on call. Let
the pipeline that deploys guardrails and logging be known to them, since its calls are told too.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.alarms import Alarming
from hexward.inventory import Inventory, Workload, exists
from hexward.inventory.region import within
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:SI-4", "OWASP-LLM:LLM10", "HIPAA:164.308(a)(1)(ii)(D)"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html",
)
def ai_changes_alarmed(alarming: Alarming, inventory: Inventory) -> Iterator[Fault]:
    if not exists(within(inventory.of(Workload), alarming.region), lambda _: True):
        raise NotApplicable("no AI workload was seen in the region")
    if alarming.unheard_ai:
        yield Fault(f"no alarm follows {', '.join(alarming.unheard_ai)}", field="unheard_ai")
