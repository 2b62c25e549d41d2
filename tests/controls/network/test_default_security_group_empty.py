import pytest

from hexward.controls.network.default_security_group_empty import default_security_group_empty
from hexward.inventory import Ref, SecurityGroup, Subnet, Workload
from hexward.inventory.ec2 import Permission, Range
from hexward.model import Status
from tests.build import inventory, judge, seen

SUBNET = seen(Subnet, subnet_id="subnet-1", vpc_id="vpc-1")
WORKLOAD = seen(Workload, subnets=(Ref("subnet-1", "vpc"),))
FROM_ITSELF = Permission("-1")
ANYWHERE = Permission("tcp", from_port=443, to_port=443, ip_ranges=(Range("0.0.0.0/0"),))


def group(
    ingress: tuple[Permission, ...] = (),
    egress: tuple[Permission, ...] = (),
    name: str = "default",
    vpc: str | None = "vpc-1",
) -> SecurityGroup:
    return seen(SecurityGroup, group_id="sg-1", name=name, vpc_id=vpc, ingress=ingress, egress=egress)


PASS = inventory(group(), SUBNET, WORKLOAD)
FAIL = inventory(group((FROM_ITSELF,)), SUBNET, WORKLOAD)


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (group((FROM_ITSELF, ANYWHERE)), ["it lets traffic in: all, tcp 443"]),
        (group((), (ANYWHERE,)), ["it lets traffic out: tcp 443"]),
        (group((FROM_ITSELF,), (FROM_ITSELF,)), ["it lets traffic in: all", "it lets traffic out: all"]),
    ],
)
def test_any_rule_is_one_too_many(one, says):
    assert [f.says for f in judge(default_security_group_empty, one, SUBNET, WORKLOAD).faults] == says


@pytest.mark.parametrize(
    ("one", "others", "status"),
    [
        (group((FROM_ITSELF,), name="web"), (SUBNET, WORKLOAD), Status.NOT_APPLICABLE),
        (group((FROM_ITSELF,), vpc="vpc-2"), (SUBNET, WORKLOAD), Status.NOT_APPLICABLE),
        (group((FROM_ITSELF,), vpc=None), (SUBNET, WORKLOAD), Status.NOT_APPLICABLE),
        (group((FROM_ITSELF,)), (SUBNET, seen(Workload)), Status.UNKNOWN),
    ],
)
def test_other_groups_and_other_vpcs_are_left_out(one, others, status):
    assert judge(default_security_group_empty, one, *others).status is status
