"""Inference experiments encrypt their volumes and what they record with a key that the customer manages.

Why: a shadow test copies the requests of real customers to a model that is not released, and mostly records both models' answers;
under AWS's own key whoever may read the bucket reads them.

Fix: make the experiment again with a customer-managed key, for its volumes and for its data storage; what an experiment recorded
keeps its key until it is copied onto itself. Machines with disks of their own take no key for the volume.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Alias, InferenceExperiment, Inventory, Key
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=(
        "AWS-AISBP:SageMaker.23",
        "AWS-AISBP:SageMaker.24",
        "HIPAA:164.312(a)(2)(iv)",
        "NIST-800-53:SC-28",
    ),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateInferenceExperiment.html",
)
def inference_experiment_customer_key(experiment: InferenceExperiment, inventory: Inventory) -> Iterator[Fault]:
    recorded = experiment.data_storage_config
    if recorded is not None and not customer_managed(inventory, recorded.kms_key, experiment.region):
        yield Fault(
            "recorded requests are encrypted with a key that AWS manages", field="data_storage_config", aspect="data"
        )
    machines = experiment.machines
    if machines.have_volumes and not customer_managed(inventory, machines.volume_key, experiment.region):
        yield Fault("its volumes are encrypted with a key that AWS manages", field="kms_key", aspect="volume")
