import pytest

from hexward.controls.network.security_group_ingress import security_group_ingress
from hexward.inventory import Ref, SecurityGroup, Workload
from hexward.inventory.ec2 import Permission, PrefixList, Range, Range6
from hexward.model import Status
from tests.build import inventory, judge, seen

WORKLOAD = seen(Workload, security_groups=(Ref("sg-1", "vpc"),))


def group(*permissions: Permission) -> SecurityGroup:
    return seen(SecurityGroup, group_id="sg-1", ingress=permissions)


def https(cidr: str) -> Permission:
    ranges = {"ipv6_ranges": (Range6(cidr),)} if ":" in cidr else {"ip_ranges": (Range(cidr),)}
    return Permission("tcp", from_port=443, to_port=443, **ranges)


PASS = inventory(group(https("10.0.0.0/8")), WORKLOAD)
FAIL = inventory(group(https("0.0.0.0/0")), WORKLOAD)


@pytest.mark.parametrize(
    ("cidr", "status"),
    [
        ("::/0", Status.FAIL),
        ("0.0.0.0/1", Status.FAIL),
        ("128.0.0.0/1", Status.FAIL),
        ("64.0.0.0/2", Status.FAIL),
        ("2000::/3", Status.FAIL),
        ("8000::/1", Status.FAIL),
        ("not a range", Status.FAIL),
        ("203.0.113.7/32", Status.PASS),
        ("52.0.0.0/8", Status.PASS),
        ("fc00::/7", Status.PASS),
        ("2001:db8::/32", Status.PASS),
    ],
)
def test_takes_a_half_of_the_internet_for_all_of_it(cidr, status):
    assert judge(security_group_ingress, group(https(cidr)), WORKLOAD).status is status


def test_tells_each_open_rule_apart():
    everything = Permission("-1", ip_ranges=(Range("0.0.0.0/0"),))
    high = Permission("udp", from_port=1024, to_port=65535, ip_ranges=(Range("0.0.0.0/1"), Range("128.0.0.0/1")))
    faults = judge(security_group_ingress, group(https("0.0.0.0/0"), everything, high), WORKLOAD).faults
    assert [(f.aspect, f.says) for f in faults] == [
        ("tcp 443", "tcp 443 is open to 0.0.0.0/0"),
        ("all", "all is open to 0.0.0.0/0"),
        ("udp 1024-65535", "udp 1024-65535 is open to 0.0.0.0/1, 128.0.0.0/1"),
    ]


def test_a_prefix_list_is_unknown_and_hides_no_open_range():
    listed = Permission("tcp", from_port=443, to_port=443, prefix_list_ids=(PrefixList("pl-1"),))
    assert judge(security_group_ingress, group(listed), WORKLOAD).status is Status.UNKNOWN
    assert judge(security_group_ingress, group(listed, https("::/0")), WORKLOAD).status is Status.FAIL


def test_groups_of_other_things_are_left_out():
    assert judge(security_group_ingress, group(https("0.0.0.0/0"))).status is Status.NOT_APPLICABLE
    assert judge(security_group_ingress, group(https("0.0.0.0/0")), seen(Workload)).status is Status.UNKNOWN
