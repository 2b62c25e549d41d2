import pytest

from hexward.controls.network.acl_separates import acl_separates
from hexward.inventory import NetworkAcl, Ref, Workload
from hexward.inventory.ec2_vpc import Entry, Ports, Ruled
from hexward.model import Status
from tests.build import inventory, judge, seen

WORKLOAD = seen(Workload, subnets=(Ref("subnet-1", "vpc"),))
ALL = (0, 65535)


def rule(
    number: int,
    action: str,
    cidr: str,
    ports: tuple[int, int] | None = None,
    protocol: str = "6",
    *,
    egress: bool = False,
) -> Entry:
    ranges = {"ipv6_cidr_block": cidr} if ":" in cidr else {"cidr_block": cidr}
    return Entry(egress, action, number, protocol, port_range=Ports(*ports) if ports else None, **ranges)


def acl(*entries: Entry, default: bool = False, subnet: str = "subnet-1") -> NetworkAcl:
    return seen(
        NetworkAcl, network_acl_id="acl-1", is_default=default, associations=(Ruled(subnet),),
        entries=(*entries, rule(32767, "deny", "0.0.0.0/0", protocol="-1")),
    )  # fmt: skip


PASS = inventory(acl(rule(100, "allow", "10.0.0.0/16", ALL)), WORKLOAD)
FAIL = inventory(acl(rule(100, "allow", "0.0.0.0/0", ALL)), WORKLOAD)


@pytest.mark.parametrize(
    ("entries", "aspects"),
    [
        ((rule(1, "allow", "0.0.0.0/0", (22, 22)),), ["SSH"]),
        ((rule(1, "allow", "::/0", (3000, 4000)),), ["RDP"]),
        ((rule(1, "allow", "0.0.0.0/1", (20, 25)), rule(2, "allow", "128.0.0.0/1", (20, 25))), ["SSH"]),
        ((rule(1, "allow", "0.0.0.0/0", ALL, "17"),), ["RDP over UDP"]),
        ((rule(1, "allow", "0.0.0.0/0", protocol="-1"),), ["SSH", "RDP", "RDP over UDP"]),
        ((rule(1, "allow", "0.0.0.0/0", (1024, 65535)), rule(2, "deny", "0.0.0.0/0", (3389, 3389))), ["RDP"]),
        ((rule(2, "allow", "0.0.0.0/0", (1024, 65535)), rule(1, "deny", "0.0.0.0/0", (3389, 3389))), []),
        ((rule(2, "allow", "0.0.0.0/0", (22, 22)), rule(1, "deny", "10.0.0.0/8", (22, 22))), ["SSH"]),
        ((rule(2, "allow", "::/0", (22, 22)), rule(1, "deny", "0.0.0.0/0", (22, 22))), ["SSH"]),
        ((rule(1, "allow", "0.0.0.0/0", ALL, egress=True),), []),
        ((rule(1, "allow", "0.0.0.0/0", (443, 443)), rule(2, "allow", "0.0.0.0/0", None, "1")), []),
        ((rule(1, "allow", "203.0.113.0/24", (22, 22)),), []),
    ],
)
def test_the_first_rule_that_fits_decides(entries, aspects):
    assert [fault.aspect for fault in judge(acl_separates, acl(*entries), WORKLOAD).faults] == aspects


def test_the_default_list_rules_no_subnet_of_an_ai_workload():
    [fault] = judge(acl_separates, acl(default=True), WORKLOAD).faults
    assert fault.says == "it is the VPC's default list, and rules subnet-1"


@pytest.mark.parametrize(
    ("one", "workload", "status"),
    [
        (acl(rule(1, "allow", "0.0.0.0/0", ALL), subnet="subnet-2"), WORKLOAD, Status.NOT_APPLICABLE),
        (acl(rule(1, "allow", "0.0.0.0/0", ALL)), seen(Workload), Status.UNKNOWN),
    ],
)
def test_lists_of_other_subnets_are_left_out(one, workload, status):
    assert judge(acl_separates, one, workload).status is status
