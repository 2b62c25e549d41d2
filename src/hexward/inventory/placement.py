"""Which AI workloads run in a VPC, told by the subnets that they name."""

from hexward.inventory.ec2 import Subnet
from hexward.inventory.inventory import Inventory
from hexward.inventory.record import Listing, NotCollected
from hexward.inventory.region import within
from hexward.inventory.workloads import Workload


def workloads_in(inventory: Inventory, vpc_id: str, region: str) -> Listing[Workload]:
    """Return the AI workloads with a subnet in a VPC, with a gap for each cause why others may be missing."""
    subnets = within(inventory.by(Subnet, "vpc_id", vpc_id), region)
    found: dict[str, Workload] = {}
    gaps = list(subnets.gaps)
    for subnet in subnets.records:
        try:
            inside = within(inventory.by(Workload, "subnet_ids", subnet.subnet_id), region)
        except NotCollected as missing:
            gaps.append(missing.again())
            continue
        found.update({one.arn: one for one in inside.records})
        gaps.extend(inside.gaps)
    return Listing(tuple(found.values()), tuple({(gap.what, gap.gap): gap for gap in gaps}.values()))


def runs_ai(inventory: Inventory, vpc_id: str, region: str) -> bool:
    """Say whether an AI workload runs in a VPC. Raises NotCollected where none is known and one may."""
    workloads = workloads_in(inventory, vpc_id, region)
    for gap in () if workloads.records else workloads.gaps:
        raise gap.again()
    return bool(workloads.records)
