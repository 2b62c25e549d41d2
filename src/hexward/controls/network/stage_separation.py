"""Inference shares no subnet with training or data processing.

Why: inference answers strangers; from an endpoint that is broken into, whatever is in the same subnet is one hop away: the
machines that hold the training data and write the next model.

Fix: give training, processing and inference subnets of their own, with route tables and security groups of their own, and create
what stands in the wrong one again.
"""

from collections import defaultdict
from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, Stage, Subnet, Workload, readable
from hexward.inventory.region import within
from hexward.model import Fault, Severity

APART = {Stage.TRAIN: "training", Stage.PROCESS: "data processing"}
NAMED = 3


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:SC-7", "NIST-800-53:AC-4", "NIST-800-53:SC-7(21)"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/wellarchitected/latest/framework/sec05-bp01.html",
)
def stage_separation(subnet: Subnet, inventory: Inventory) -> Iterator[Fault]:
    stages: dict[Stage, set[str]] = defaultdict(set)
    inside = within(inventory.by(Workload, "subnet_ids", subnet.subnet_id), subnet.region)
    for workload in readable(inside, "stage", "name"):
        stages[workload.stage].add(workload.name)
    if not stages:
        raise NotApplicable("no AI workload runs in it")
    for stage, words in APART.items():
        if Stage.INFER in stages and stage in stages:
            says = f"{words} ({_some(stages[stage])}) and inference ({_some(stages[Stage.INFER])}) share it"
            yield Fault(says, field="subnet_id", aspect=stage)


def _some(names: set[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(sorted(names)[:NAMED]) + more
