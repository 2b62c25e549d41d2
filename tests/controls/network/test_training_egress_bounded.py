import pytest

from hexward.controls.network.training_egress_bounded import training_egress_bounded
from hexward.inventory import NatGateway, RouteTable, SecurityGroup, TrainingJob
from hexward.inventory.ec2 import Appliance, Association, Permission, Range, Route
from hexward.inventory.sagemaker import Vpc
from hexward.model import Status
from tests.build import inventory, judge, seen

JOB = seen(TrainingJob, vpc_config=Vpc(("sg-1",), ("subnet-1",)), enable_network_isolation=False)
TO_NAT = Route(destination_cidr_block="0.0.0.0/0", nat_gateway_id="nat-1")
TO_IGW = Route(destination_cidr_block="0.0.0.0/0", gateway_id="igw-1")
TO_FIREWALL = Route(destination_cidr_block="0.0.0.0/0", gateway_id="vpce-1")


def group(group_id: str, cidr: str) -> SecurityGroup:
    egress = (Permission("tcp", from_port=443, to_port=443, ip_ranges=(Range(cidr),)),)
    return seen(SecurityGroup, f"arn:{group_id}", group_id=group_id, egress=egress)


def table(subnet_id: str, *routes: Route) -> RouteTable:
    return seen(
        RouteTable, f"arn:{subnet_id}", route_table_id=f"rtb-{subnet_id}",
        associations=(Association(subnet_id=subnet_id),), routes=routes,
    )  # fmt: skip


def nat(
    connectivity: str | None = "public",
    subnet_id: str | None = "subnet-2",
    appliances: tuple[Appliance, ...] | None = None,
) -> NatGateway:
    return seen(
        NatGateway, nat_gateway_id="nat-1", connectivity_type=connectivity, subnet_id=subnet_id,
        route_table_id=None if subnet_id else "rtb-regional", attached_appliances=appliances,
    )  # fmt: skip


OPEN, CLOSED = group("sg-1", "0.0.0.0/0"), group("sg-1", "10.0.0.0/16")
OUT = (table("subnet-1", TO_NAT), nat(), table("subnet-2", TO_IGW))

PASS = inventory(JOB, CLOSED, *OUT)
FAIL = inventory(JOB, OPEN, *OUT)


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ((table("subnet-1"),), Status.PASS),
        ((table("subnet-1", TO_FIREWALL),), Status.PASS),
        ((table("subnet-1", TO_NAT), nat("private")), Status.PASS),
        ((table("subnet-1", TO_NAT), nat(None), table("subnet-2", TO_IGW)), Status.FAIL),
        ((table("subnet-1", TO_NAT), nat(), table("subnet-2", TO_FIREWALL)), Status.PASS),
        ((table("subnet-1", TO_NAT), nat(appliances=(Appliance("attached"),))), Status.PASS),
        ((table("subnet-1", TO_NAT), nat(appliances=(Appliance("detached"),)), table("subnet-2", TO_IGW)), Status.FAIL),
        ((table("subnet-1", TO_NAT), nat(subnet_id=None), table("regional", TO_IGW)), Status.FAIL),
        ((table("subnet-1", TO_NAT), nat(subnet_id=None), table("regional", TO_FIREWALL)), Status.PASS),
        ((table("subnet-1", TO_NAT), nat(subnet_id=None)), Status.UNKNOWN),
        ((table("subnet-1", TO_NAT),), Status.UNKNOWN),
        ((), Status.UNKNOWN),
    ],
)
def test_looks_for_a_firewall_on_the_way_out(others, status):
    assert judge(training_egress_bounded, JOB, OPEN, *others).status is status


@pytest.mark.parametrize("cidr", ["10.0.0.0/16", "203.0.113.0/24"])
def test_a_narrow_outbound_rule_is_enough(cidr):
    assert judge(training_egress_bounded, JOB, group("sg-1", cidr), *OUT).status is Status.PASS


def test_one_open_group_or_subnet_of_several_is_found_whatever_the_others_are():
    job = seen(
        TrainingJob,
        vpc_config=Vpc(("sg-unseen", "sg-1"), ("subnet-unseen", "subnet-1")),
        enable_network_isolation=False,
    )
    assert judge(training_egress_bounded, job, OPEN, *OUT).status is Status.FAIL
    assert judge(training_egress_bounded, job, CLOSED, *OUT).status is Status.UNKNOWN


@pytest.mark.parametrize(
    "job",
    [
        seen(TrainingJob, vpc_config=None, enable_network_isolation=False),
        seen(TrainingJob, vpc_config=JOB.vpc_config, enable_network_isolation=True),
    ],
)
def test_jobs_without_a_network_of_the_accounts_are_left_out(job):
    assert judge(training_egress_bounded, job, OPEN, *OUT).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("way", "status"),
    [
        ({"transit_gateway_id": "tgw-1"}, Status.UNKNOWN),
        ({"network_interface_id": "eni-1"}, Status.UNKNOWN),
        ({"egress_only_internet_gateway_id": "eigw-1"}, Status.FAIL),
    ],
)
def test_a_way_out_that_is_no_nat_gateway_is_never_a_pass(way, status):
    route = Route(destination_cidr_block="0.0.0.0/0", **way)
    assert judge(training_egress_bounded, JOB, OPEN, table("subnet-1", route)).status is status
