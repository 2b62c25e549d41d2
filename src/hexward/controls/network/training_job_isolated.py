"""Training jobs run in the account's own VPC, in containers without a network.

Why: training code pulls in hundreds of packages; with a network of SageMaker's own, one poisoned package sends the training data
anywhere, and no security group or flow log of yours sees it.

Fix: name subnets and security groups and enable network isolation in the next job's settings; SageMaker itself then moves the data,
through endpoints of the VPC. Code that downloads packages or calls AWS as it runs must bring them in its image.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import AutoMLJob, HyperParameterTuningJob, Inventory, TrainingJob
from hexward.inventory.jobs import judged_with_another
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:SC-7",),
    uses=(HyperParameterTuningJob, AutoMLJob),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html",
)
def training_job_isolated(job: TrainingJob, inventory: Inventory) -> Iterator[Fault]:
    if judged_with_another(inventory, job):
        raise NotApplicable("it is judged with the tuning or AutoML job that ran it")
    # Left out, isolation is off.
    if not job.enable_network_isolation:
        yield Fault("the training code had a network", field="enable_network_isolation", aspect="isolation")
    if job.vpc_config is None:
        yield Fault(
            "the job ran in a VPC of SageMaker's, not in one of the account's", field="vpc_config", aspect="vpc"
        )
