"""A subnet holds AI workloads of one class of data.

Why: security groups, routes and endpoint policies are drawn around subnets; where restricted and public data share one, whoever
breaks into the workload with the public data, which is guarded least, stands beside the restricted.

Fix: give each class of data subnets of its own, and create what stands in the wrong one again; tag workloads or their buckets
with their class (data-class: public, internal, confidential or restricted).
"""

from collections import defaultdict
from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, NotCollected, Subnet, Workload, note, readable
from hexward.inventory.region import within
from hexward.inventory.sensitivity import CLASSES
from hexward.model import Fault, Gap, Reason, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-4", "NIST-800-53:SC-7(21)"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/wellarchitected/latest/framework/sec05-bp01.html",
)
def sensitivity_separation(subnet: Subnet, inventory: Inventory) -> Iterator[Fault]:
    classes: dict[str | None, set[str]] = defaultdict(set)
    inside = within(inventory.by(Workload, "subnet_ids", subnet.subnet_id), subnet.region)
    for workload in readable(inside, "sensitivity", "name"):
        classes[workload.sensitivity.value if workload.sensitivity is not None else None].add(workload.name)
    told = [f"{word} ({min(classes[word])})" for word in CLASSES if word in classes]
    if not told:
        raise NotApplicable("no tag tells the class of data of what runs in it")
    if len(told) > 1:
        yield Fault(f"it holds data of {len(told)} classes: {', '.join(told)}", field="subnet_id")
    elif None in classes:
        # What no tag classes may be of any class: beside what is classed, that is not a pass.
        gap = Gap(Reason.NOT_COLLECTED, f"no tag tells the class of data of {min(classes[None])}", region=subnet.region)
        note(NotCollected("Workload.sensitivity", gap))
