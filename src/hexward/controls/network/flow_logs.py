"""VPCs of AI workloads log their traffic.

Why: when training data leaves or a model host is taken over, the flow log is the only record of which address it talked to, how
much it sent and who was refused; it cannot be written afterwards.

Fix: create a flow log for the VPC, of all traffic or at least of what is refused, to a bucket or log group that the flow log may
write to; logs of single subnets or interfaces do not count here. Cost grows with traffic, and a bucket costs less than a log group.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import FlowLog, Inventory, Subnet, Vpc, Workload, exists
from hexward.inventory.placement import expect_own, things_of, workloads_in
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:EC2.6", "CIS-AWS:3.7", "NIST-800-53:AU-12", "NIST-800-53:SI-4"),
    uses=(Subnet, Workload, FlowLog),
    source="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
)
def flow_logs(vpc: Vpc, inventory: Inventory) -> Iterator[Fault]:
    if not exists(workloads_in(inventory, vpc.vpc_id, vpc.region), lambda _: True):
        raise NotApplicable("no AI workload runs in it")
    logs = things_of(inventory, FlowLog, "resource_id", vpc)
    if exists(logs, _works):
        return
    expect_own(vpc)
    says = (
        f"its flow log {logs.records[0].flow_log_id} is {_lack(logs.records[0])}"
        if logs.records
        else "it has no flow log"
    )
    yield Fault(says, field="vpc_id")


def _works(log: FlowLog) -> bool:
    return not _lack(log)


def _lack(log: FlowLog) -> str:
    if log.status != "ACTIVE":
        return f"not active: {log.status}"
    if log.traffic_type == "ACCEPT":
        return "of accepted traffic alone"
    return "not delivered" if log.deliver_logs_status == "FAILED" else ""
