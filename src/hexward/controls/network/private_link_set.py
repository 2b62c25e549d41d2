"""AI workloads reach the AWS services that they use by endpoints of their own VPC.

Why: without an endpoint, calls that carry prompts, training data and credentials leave the VPC through a NAT gateway, by a way that
leads to anyone on the internet, that no endpoint policy bounds and that a bucket's policy cannot tell from a thief's.

Fix: create a gateway endpoint for S3 in the route tables of the workloads' subnets, which is free, and interface endpoints with
private DNS for the other services; each costs by the hour, zone and gigabyte. Which services are used is told by kinds and names:
notebooks and Studio call S3, SageMaker, STS and Logs; jobs and endpoints S3; functions what their environment names; whoever names a
KMS key calls KMS; tasks pull their images from ECR.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, NotCollected, Vpc, exists, note
from hexward.inventory.placement import expect_own, workloads_in
from hexward.inventory.private_link import KINDS, cut_off, services_used
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-4", "NIST-800-53:SC-7"),
    uses=KINDS,
    source="https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
)
def private_link_set(vpc: Vpc, inventory: Inventory) -> Iterator[Fault]:
    if not exists(workloads_in(inventory, vpc.vpc_id, vpc.region), lambda _: True):
        raise NotApplicable("no AI workload runs in it")
    expect_own(vpc)
    used = services_used(inventory, vpc)
    if not used:
        raise NotApplicable("its AI workloads are not seen to call any AWS service")
    for service, subnet_ids in used.items():
        try:
            lacking = cut_off(inventory, vpc, service, subnet_ids)
        except NotCollected as missing:
            note(missing.again())
            continue
        if lacking:
            says = f"{service} is called from {', '.join(lacking[:3])} and no endpoint of the VPC leads there"
            yield Fault(says, field="vpc_id", aspect=service)
