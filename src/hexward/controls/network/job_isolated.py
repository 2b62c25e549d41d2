"""Processing, tuning and AutoML jobs run in the account's own VPC, in containers without a network.

Why: data preparation and tuning pull in as many packages as training does, over rawer data; with a network of SageMaker's own, one
poisoned package sends it anywhere, and no security group or flow log of yours sees it.

Fix: name subnets and security groups and enable network isolation in the next job's settings; SageMaker itself then moves the data,
through endpoints of the VPC. Code that downloads packages or calls AWS as it runs must bring them in its image. AutoML jobs can be
put into a VPC, and no setting isolates them. A transform job's network is that of its model.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Job
from hexward.inventory.jobs import called
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:SC-7",),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html",
)
def job_isolated(job: Job) -> Iterator[Fault]:
    if not job.networks:
        raise NotApplicable("its network is that of its model")
    for part, network in job.networks.items():
        code = called("code", part)
        if network.isolated is False:
            yield Fault(f"the {code} had a network", field="networks", aspect=called("isolation", part))
        if network.vpc is None:
            says = f"the {code} ran in a VPC of SageMaker's, not in one of the account's"
            yield Fault(says, field="networks", aspect=called("vpc", part))
