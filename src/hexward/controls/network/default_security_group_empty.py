"""The default security group of a VPC with AI workloads lets nothing through.

Why: whatever is started without naming a security group gets the default one; while it holds rules, everything in it talks to
everything else in it, and to the whole internet, and nobody decided that.

Fix: give what uses the default group one of its own, then revoke every rule, inbound and outbound, of the default group; what still
uses it is cut off.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, SecurityGroup, Subnet, Workload, exists
from hexward.inventory.placement import workloads_in
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:EC2.2", "CIS-AWS:5.5", "NIST-800-53:SC-7(5)"),
    uses=(Subnet, Workload),
    source="https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
)
def default_security_group_empty(group: SecurityGroup, inventory: Inventory) -> Iterator[Fault]:
    if group.name != "default":
        raise NotApplicable("it is not a VPC's default group")
    if group.vpc_id is None or not exists(workloads_in(inventory, group.vpc_id, group.region), lambda _: True):
        raise NotApplicable("no AI workload runs in its VPC")
    for field, way in (("ingress", "in"), ("egress", "out")):
        traffic = dict.fromkeys(permission.traffic for permission in getattr(group, field))
        if traffic:
            yield Fault(f"it lets traffic {way}: {', '.join(traffic)}", field=field, aspect=field)
