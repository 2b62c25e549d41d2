"""Security groups of AI workloads let nobody in from the whole internet.

Why: a rule that is open to everyone is found by scanners within minutes; behind it stand notebooks, training machines and models.

Fix: allow the load balancer, the VPN or the security group that has to reach the workload, and revoke the open rule; whoever used
it from elsewhere is cut off.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, NotCollected, SecurityGroup, Workload, exists, note
from hexward.inventory.ec2 import wide
from hexward.inventory.region import within
from hexward.model import Fault, Gap, Reason, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-FSBP:EC2.18", "AWS-FSBP:EC2.19", "CIS-AWS:5.3", "CIS-AWS:5.4", "NIST-800-53:SC-7"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
)
def security_group_ingress(group: SecurityGroup, inventory: Inventory) -> Iterator[Fault]:
    guarded = within(inventory.by(Workload, "security_group_ids", group.group_id), group.region)
    if not exists(guarded, lambda _: True):
        raise NotApplicable("it guards no AI workload")
    for permission in group.ingress:
        strangers = [cidr for cidr in permission.ranges if wide(cidr)]
        if strangers:
            says = f"{permission.traffic} is open to {', '.join(strangers)}"
            yield Fault(says, field="ingress", aspect=permission.traffic)
        for listed in permission.prefix_list_ids or ():
            gap = Gap(Reason.NOT_COLLECTED, f"the ranges of {listed.prefix_list_id} are not known", region=group.region)
            note(NotCollected("SecurityGroup.ingress", gap))
