"""An alarm acts when models are used far more than usual.

Why: a stolen key on a model ("LLMjacking"), and a model that is copied by asking it, show as calls and tokens long before they show on
the bill; the start-up paid $67,400 for three days of somebody else's GPUs.

Fix: make an alarm on invocations or tokens of the models, or on the estimated charges, with an action, best with CloudWatch's anomaly
detection as its threshold. What the threshold is worth cannot be judged from here.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.alarms import Alarming
from hexward.inventory import Inventory, Stage, Workload, exists
from hexward.inventory.region import within
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("OWASP-LLM:LLM10", "NIST-800-53:SI-4"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring.html",
)
def usage_spikes_alarmed(alarming: Alarming, inventory: Inventory) -> Iterator[Fault]:
    if not exists(within(inventory.of(Workload), alarming.region), lambda one: one.stage is Stage.INFER):
        raise NotApplicable("no AI workload that answers was seen in the region")
    if not alarming.spikes_alarmed:
        yield Fault("no alarm watches how much models are used", field="spikes_alarmed")
