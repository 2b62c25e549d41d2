"""Training jobs encrypt their volumes and the model that they write with a key that the customer manages.

Why: the volume holds the training data in the clear to the container, and the output is the model itself; under AWS's own key a
copy of either stays readable for whoever may read the bucket, and nobody can withdraw the key.

Fix: name a customer-managed key for the volume and for the output in the next job's settings; finished jobs cannot be changed.
Machines with disks of their own take no key for the volume: their hardware encrypts it.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Alias, AutoMLJob, HyperParameterTuningJob, Inventory, Key, TrainingJob
from hexward.inventory.jobs import judged_with_another
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias, HyperParameterTuningJob, AutoMLJob),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html",
)
def training_job_customer_key(job: TrainingJob, inventory: Inventory) -> Iterator[Fault]:
    if judged_with_another(inventory, job):
        raise NotApplicable("it is judged with the tuning or AutoML job that ran it")
    if not customer_managed(inventory, job.output_data_config.kms_key_id, job.region):
        yield Fault("the model is encrypted with a key that AWS manages", field="output_data_config", aspect="output")
    machines = job.resource_config.machines
    if machines.have_volumes and not customer_managed(inventory, machines.volume_key, job.region):
        yield Fault("the volumes are encrypted with a key that AWS manages", field="resource_config", aspect="volume")
