"""Subnets of AI workloads have an access list of their own that keeps remote administration from everyone.

Why: the default list lets everything through and rules every subnet made later, so one mistaken security group joins training to
whatever else is in the VPC; where a list admits SSH or RDP from everywhere, one such mistake joins it to the internet.

Fix: make a list for each tier that denies the ranges of the other tiers and admits what the tier needs, and give it to the subnet in
place of the default list. Lists remember no connections: admit answers too, or connections hang. Whether the tiers' ranges are really
denied to each other is not looked at here.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, NetworkAcl, Workload, exists
from hexward.inventory.ec2 import wide
from hexward.inventory.ec2_vpc import Entry, covered
from hexward.inventory.placement import workloads_of
from hexward.model import Fault, Severity

TCP, UDP = "6", "17"
ADMINISTRATION = {"SSH": (TCP, 22), "RDP": (TCP, 3389), "RDP over UDP": (UDP, 3389)}


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:EC2.21", "CIS-AWS:5.2", "NIST-800-53:AC-4", "NIST-800-53:SC-7(21)"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
)
def acl_separates(acl: NetworkAcl, inventory: Inventory) -> Iterator[Fault]:
    if not exists(workloads_of(inventory, acl.subnet_ids, acl.region), lambda _: True):
        raise NotApplicable("no AI workload runs in a subnet that it rules")
    for name, (protocol, port) in ADMINISTRATION.items():
        entry = _open(acl, protocol, port)
        if entry is not None:
            yield Fault(f"rule {entry.rule_number} admits {name} from {entry.range}", field="entries", aspect=name)
    if acl.is_default:
        subnets = ", ".join(sorted(acl.subnet_ids)[:3])
        yield Fault(f"it is the VPC's default list, and rules {subnets}", field="is_default", aspect="default")


def _open(acl: NetworkAcl, protocol: str, port: int) -> Entry | None:
    """Return the first rule that admits the whole internet to a port, past the denials that come before it."""
    denied: list[str] = []
    inbound = (entry for entry in acl.entries if not entry.egress and entry.fits(protocol, port))
    for entry in sorted(inbound, key=lambda one: one.rule_number):
        if entry.rule_action != "allow":
            denied.append(entry.range)
        elif wide(entry.range) and not covered(entry.range, denied):
            return entry
    return None
