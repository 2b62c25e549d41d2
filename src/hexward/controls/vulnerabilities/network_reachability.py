"""No port of an AI instance is reached from outside its network.

Why: a notebook server, a dashboard or a model server on a GPU instance asks for no password out of the box. Whoever reaches the port
runs code with the instance's role, and on hardware that is worth stealing by itself.

Fix: close the port in the security group, take the public address away, and go in through Session Manager; users come through a load
balancer that knows them. Instances count as AI by their type, by the tag `workload`, or as an AI workload of this audit. An instance
that Inspector does not look at, since it is stopped for instance, is unknown.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import (
    InspectorNetworkCoverage,
    InspectorNetworkFinding,
    Inventory,
    NotCollected,
    Stage,
    Workload,
    exists,
    readable,
)
from hexward.inventory.lambda_workloads import STAGES
from hexward.inventory.machines import is_accelerated
from hexward.inventory.region import within
from hexward.inventory.scanned import in_words
from hexward.model import Fault, Gap, Reason, Severity


def is_ai(inventory: Inventory, one: InspectorNetworkCoverage, found: list[InspectorNetworkFinding]) -> bool:
    """Say whether an instance runs models, as far as a finding's type, its tags or this audit's workloads tell."""
    if any(is_accelerated(finding.instance_type or "") for finding in found):
        return True
    if (one.tags or {}).get("workload", "").lower() in STAGES:
        return True
    return exists(within(inventory.by(Workload, "arn", one.arn), one.region), lambda workload: workload.stage in Stage)


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-4", "NIST-800-53:RA-5", "NIST-800-53:SC-7", "PCI-DSS:1.4.4"),
    uses=(InspectorNetworkFinding, Workload),
    source="https://docs.aws.amazon.com/inspector/latest/user/findings-types.html#findings-types-network",
)
def network_reachability(instance: InspectorNetworkCoverage, inventory: Inventory) -> Iterator[Fault]:
    listing = within(inventory.by(InspectorNetworkFinding, "instance_id", instance.instance_id), instance.region)
    found = list(readable(listing, "instance_type", "protocol", "ports"))
    if not is_ai(inventory, instance, found):
        raise NotApplicable("nothing tells that it runs models")
    for reached in sorted({f"{one.protocol.lower()} {one.ports}" for one in found}):
        yield Fault(f"{reached} is reached from outside its network", field="instance_id", aspect=reached)
    if instance.status != "ACTIVE":
        detail = f"Inspector does not look at its network: {in_words(instance.reason)}"
        raise NotCollected("InspectorNetworkCoverage", Gap(Reason.NOT_COLLECTED, detail, region=instance.region))
