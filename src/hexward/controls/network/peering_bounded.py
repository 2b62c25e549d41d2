"""No peering joins the whole of a training network to a network of inference.

Why: inference answers strangers; over a route to all of the training network, whoever breaks into it scans and reaches every host
that holds training data, as if both were one network.

Fix: route the few addresses that are really needed (a subnet, a load balancer) in place of the peer's whole range, or share the one
service by PrivateLink and delete the route; what used other addresses is cut off. Transit gateways are not followed here.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, NotCollected, RouteTable, Stage, Subnet, VpcPeering, Workload, note, readable
from hexward.inventory.ec2_vpc import Peer, covered
from hexward.inventory.placement import workloads_in
from hexward.inventory.region import within
from hexward.model import Fault, Gap, Reason, Severity

BEHIND = {Stage.TRAIN: "training", Stage.PROCESS: "data processing"}


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-4", "NIST-800-53:SC-7", "NIST-800-53:SC-7(21)"),
    uses=(VpcPeering, Subnet, Workload),
    source="https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html",
)
def peering_bounded(table: RouteTable, inventory: Inventory) -> Iterator[Fault]:
    routes = [route for route in table.routes if route.state != "blackhole"]
    peerings = sorted({one.vpc_peering_connection_id for one in routes if one.vpc_peering_connection_id is not None})
    if not peerings:
        raise NotApplicable("it has no route to a peer")
    for peering_id in peerings:
        ranges = [route.destination for route in routes if route.vpc_peering_connection_id == peering_id]
        try:
            peer = _peer(inventory, table, peering_id)
        except NotCollected as missing:
            note(missing.again())
            continue
        if not any(covered(cidr, filter(None, ranges)) for cidr in peer.ranges):
            if "" in ranges:
                gap = Gap(Reason.NOT_COLLECTED, f"a route to {peering_id} is for a prefix list", region=table.region)
                note(NotCollected("RouteTable.routes", gap))
            continue
        here, there = (
            _stages(inventory, *place) for place in ((table.vpc_id, table.region), (peer.vpc_id, peer.region))
        )
        for stage, words in BEHIND.items():
            if (stage in here and Stage.INFER in there) or (stage in there and Stage.INFER in here):
                says = f"{peering_id} joins all of {peer.vpc_id} to {table.vpc_id}: {words} and inference"
                yield Fault(says, field="routes", aspect=f"{peering_id} {stage}")


def _peer(inventory: Inventory, table: RouteTable, peering_id: str) -> Peer:
    """Return the VPC at the other end. Raises NotCollected for one whose workloads are not seen."""
    for peering in within(inventory.by(VpcPeering, "vpc_peering_connection_id", peering_id), table.region):
        peer = peering.across(table.vpc_id)
        if peer.owner_id == inventory.account and peer.region in inventory.regions and peer.ranges:
            return peer
        says = f"{peer.vpc_id} at the other end of {peering_id} is not seen: account {peer.owner_id}, {peer.region}"
        raise NotCollected("VpcPeering", Gap(Reason.NOT_COLLECTED, says, region=table.region))
    raise NotCollected("VpcPeering", Gap(Reason.NOT_COLLECTED, f"{peering_id} was not seen", region=table.region))


def _stages(inventory: Inventory, vpc_id: str, region: str) -> set[Stage]:
    return {one.stage for one in readable(workloads_in(inventory, vpc_id, region), "stage")}
