"""Training on several machines encrypts the traffic between them.

Why: in distributed training the machines send each other the weights of the model over and over; in the clear, whoever listens on
the way takes the model with him.

Fix: enable the encryption of traffic between containers in the next job's settings, and let its security group take UDP 500 and
IP protocol 50 from itself; training may take longer.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import AutoMLJob, HyperParameterTuningJob, Inventory, TrainingJob
from hexward.inventory.jobs import judged_with_another
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("HIPAA:164.312(e)(2)(ii)", "NIST-800-53:SC-8"),
    uses=(HyperParameterTuningJob, AutoMLJob),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/train-encrypt.html",
)
def traffic_between_training_hosts_encrypted(job: TrainingJob, inventory: Inventory) -> Iterator[Fault]:
    if judged_with_another(inventory, job):
        raise NotApplicable("it is judged with the tuning or AutoML job that ran it")
    if job.instances <= 1:
        raise NotApplicable("it ran on one machine")
    if not job.enable_inter_container_traffic_encryption:
        yield Fault(
            f"traffic between {job.instances} machines went in the clear",
            field="enable_inter_container_traffic_encryption",
        )
