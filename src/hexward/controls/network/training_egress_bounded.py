"""Training jobs cannot reach the whole internet.

Why: a poisoned package or a stolen role that runs in a training job sends the training data to any address that a NAT gateway and
an open outbound rule let it reach.

Fix: let the job's security groups out to VPC endpoints and named ranges alone, or put a firewall that knows the allowed names
between the subnet and the internet; what downloads packages as it runs needs a mirror.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, NatGateway, RouteTable, SecurityGroup, Subnet, TrainingJob
from hexward.inventory.ec2 import open_egress, unfiltered_nat_route
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:SC-7", "NIST-800-53:AC-4"),
    uses=(Subnet, RouteTable, NatGateway, SecurityGroup),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/train-vpc.html",
)
def training_egress_bounded(job: TrainingJob, inventory: Inventory) -> Iterator[Fault]:
    vpc = job.vpc_config
    if vpc is None:
        raise NotApplicable("it ran in a VPC of SageMaker's, whose ways out are not the account's")
    if job.enable_network_isolation:
        raise NotApplicable("its containers had no network")
    route = unfiltered_nat_route(inventory, vpc.subnets, job.region)
    group = open_egress(inventory, vpc.security_group_ids, job.region)
    if route is not None and group is not None:
        way = route.nat_gateway_id or route.egress_only_internet_gateway_id
        says = f"through {way}, {group.group_id} let it reach anyone on the internet"
        yield Fault(says, field="vpc_config")
