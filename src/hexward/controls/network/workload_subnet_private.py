"""Subnets of AI workloads have no route from the internet and hand out no public addresses.

Why: in a public subnet one address or one security group rule, added by mistake, puts a machine that holds training data or a model
on the internet.

Fix: move the workloads to subnets without a route to an internet gateway, or take the route out of the subnet's table, which cuts
off whatever there answers the internet; turn off the automatic assignment of addresses.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, RouteTable, Subnet, Workload, exists
from hexward.inventory.ec2 import internet_route
from hexward.inventory.region import within
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-FSBP:EC2.15", "NIST-800-53:SC-7", "PCI-DSS:1.4.4"),
    uses=(Workload, RouteTable),
    source="https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
)
def workload_subnet_private(subnet: Subnet, inventory: Inventory) -> Iterator[Fault]:
    inside = within(inventory.by(Workload, "subnet_ids", subnet.subnet_id), subnet.region)
    if not exists(inside, lambda _: True):
        raise NotApplicable("no AI workload runs in it")
    for field in ("map_public_ip_on_launch", "assign_ipv6_address_on_creation"):
        if getattr(subnet, field):
            yield Fault("whatever starts in it gets a public address", field=field, aspect=field)
    route = internet_route(inventory, subnet.subnet_id, subnet.region)
    if route is not None:
        yield Fault(f"it has a route to {route.gateway_id}", field="subnet_id", aspect="route")
