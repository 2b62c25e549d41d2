"""Which AI workloads run in a VPC or in some of its subnets."""

from collections.abc import Iterable

from hexward.inventory.ec2 import Subnet
from hexward.inventory.ec2_vpc import Vpc
from hexward.inventory.inventory import Inventory
from hexward.inventory.record import Listing, NotCollected, Record, readable
from hexward.inventory.region import within
from hexward.inventory.workloads import Workload
from hexward.model import Gap, Reason


def workloads_in(inventory: Inventory, vpc_id: str, region: str) -> Listing[Workload]:
    """Return the AI workloads with a subnet in a VPC, and a gap for each cause why others may be missing."""
    subnets = within(inventory.by(Subnet, "vpc_id", vpc_id), region)
    known, gaps = [], list(subnets.gaps)
    for subnet in subnets.records:
        try:
            known.append(subnet.subnet_id)
        except NotCollected as missing:
            gaps.append(missing.again())
    inside = workloads_of(inventory, known, region)
    return Listing(inside.records, (*gaps, *inside.gaps))


def workloads_of(inventory: Inventory, subnet_ids: Iterable[str], region: str) -> Listing[Workload]:
    """Return the AI workloads in some subnets, and the gaps as above."""
    inside = [within(inventory.by(Workload, "subnet_ids", one), region) for one in subnet_ids]
    found = {one.arn: one for listing in inside for one in listing.records}
    gaps = {(gap.what, gap.gap): gap for listing in inside for gap in listing.gaps}
    return Listing(tuple(found.values()), tuple(gaps.values()))


def things_of[R: Record](inventory: Inventory, kind: type[R], field: str, vpc: Vpc) -> Listing[R]:
    """Return the things of a kind whose field holds the id of a VPC.

    One whose field was not read is noted, and stands for nothing: AWS tells the VPC of a thing whenever it tells of the thing.
    """
    everywhere = within(inventory.of(kind), vpc.region)
    known = readable(Listing(everywhere.records), field)
    return Listing(tuple(one for one in known if getattr(one, field) == vpc.vpc_id), everywhere.gaps)


def expect_own(vpc: Vpc) -> None:
    """Raise NotCollected for a VPC that another account shares: its owner sees flow logs and endpoints, and nobody else.

    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html
    """
    if vpc.owner_id != vpc.account:
        gap = Gap(
            Reason.NOT_COLLECTED, f"account {vpc.owner_id} owns it, and sees what belongs to it", region=vpc.region
        )
        raise NotCollected("Vpc.owner_id", gap)
