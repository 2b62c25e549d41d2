import pytest

from hexward.controls.network.workload_subnet_private import workload_subnet_private
from hexward.inventory import Ref, RouteTable, Subnet, Workload
from hexward.inventory.ec2 import Association, Route
from hexward.model import Status
from tests.build import inventory, judge, seen

WORKLOAD = seen(Workload, subnets=(Ref("subnet-1", "vpc"),))
IGW = Route(destination_cidr_block="0.0.0.0/0", gateway_id="igw-1")
ENDPOINT = Route(gateway_id="vpce-1")


def subnet(*, ipv4: bool = False, ipv6: bool = False) -> Subnet:
    return seen(Subnet, subnet_id="subnet-1", map_public_ip_on_launch=ipv4, assign_ipv6_address_on_creation=ipv6)


def table(*routes: Route) -> RouteTable:
    return seen(RouteTable, associations=(Association(subnet_id="subnet-1"),), routes=routes)


PASS = inventory(subnet(), table(ENDPOINT), WORKLOAD)
FAIL = inventory(subnet(ipv4=True), table(ENDPOINT), WORKLOAD)


@pytest.mark.parametrize(
    ("subnet_", "routes", "aspects"),
    [
        (subnet(ipv6=True), (), ["assign_ipv6_address_on_creation"]),
        (subnet(), (IGW,), ["route"]),
        (subnet(ipv4=True), (IGW,), ["map_public_ip_on_launch", "route"]),
    ],
)
def test_judges_addresses_and_routes_apart(subnet_, routes, aspects):
    assert [f.aspect for f in judge(workload_subnet_private, subnet_, table(*routes), WORKLOAD).faults] == aspects


def test_subnets_without_ai_workloads_are_left_out():
    assert judge(workload_subnet_private, subnet(ipv4=True)).status is Status.NOT_APPLICABLE
    assert judge(workload_subnet_private, subnet(ipv4=True), seen(Workload)).status is Status.UNKNOWN
