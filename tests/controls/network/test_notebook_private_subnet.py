import pytest

from hexward.controls.network.notebook_private_subnet import notebook_private_subnet
from hexward.inventory import NotebookInstance, RouteTable, Subnet
from hexward.inventory.ec2 import Association, Route
from hexward.model import Status
from tests.build import inventory, judge, seen

NOTEBOOK = seen(NotebookInstance, subnet_id="subnet-1")
SUBNET = seen(Subnet, subnet_id="subnet-1", vpc_id="vpc-1")
LOCAL = Route(destination_cidr_block="10.0.0.0/16", gateway_id="local", state="active")
NAT = Route(destination_cidr_block="0.0.0.0/0", nat_gateway_id="nat-1", state="active")
OUT = Route(destination_cidr_block="0.0.0.0/0", gateway_id="igw-1", state="active")
OUT6 = Route(destination_ipv6_cidr_block="::/0", gateway_id="igw-1", state="active")
DEAD = Route(destination_cidr_block="0.0.0.0/0", gateway_id="igw-1", state="blackhole")
OWN = (Association(subnet_id="subnet-1"),)
MAIN = (Association(main=True),)


def table(associations: tuple[Association, ...], *routes: Route, vpc: str = "vpc-1") -> RouteTable:
    return seen(RouteTable, f"rtb-{vpc}-{associations}", vpc_id=vpc, associations=associations, routes=(LOCAL, *routes))


PASS = inventory(NOTEBOOK, SUBNET, table(OWN, NAT))
FAIL = inventory(NOTEBOOK, SUBNET, table(OWN, OUT))


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ((SUBNET, table(OWN, OUT6)), Status.FAIL),
        ((SUBNET, table(OWN, DEAD)), Status.PASS),
        ((SUBNET, table(OWN), table(MAIN, OUT)), Status.PASS),
        ((SUBNET, table(MAIN, OUT)), Status.FAIL),
        ((SUBNET, table(MAIN)), Status.PASS),
        ((SUBNET, table(MAIN, OUT, vpc="vpc-2"), table(MAIN)), Status.PASS),
        ((SUBNET, table(MAIN, vpc="vpc-2")), Status.UNKNOWN),
        ((table(MAIN),), Status.UNKNOWN),
        ((SUBNET,), Status.UNKNOWN),
    ],
)
def test_follows_the_subnet_to_the_table_that_rules_it(others, status):
    assert judge(notebook_private_subnet, NOTEBOOK, *others).status is status


def test_a_notebook_outside_the_accounts_vpcs_fails():
    assert judge(notebook_private_subnet, seen(NotebookInstance, subnet_id=None)).status is Status.FAIL


def test_a_table_whose_subnets_were_not_read_may_rule_the_subnet():
    unread = seen(RouteTable, "rtb-unread", vpc_id="vpc-1", routes=(LOCAL,))
    assert judge(notebook_private_subnet, NOTEBOOK, SUBNET, table(MAIN, OUT), unread).status is Status.UNKNOWN


def test_what_another_region_does_not_tell_does_not_matter():
    elsewhere = RouteTable.partial({"associations": "no"}, arn="rtb-far", region="eu-west-1")
    assert judge(notebook_private_subnet, NOTEBOOK, SUBNET, table(OWN), elsewhere).status is Status.PASS
