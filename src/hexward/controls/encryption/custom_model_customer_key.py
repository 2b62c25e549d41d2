"""Tuned models are encrypted with a key that the customer manages.

Why: a tuned model repeats what it was tuned on to whoever asks it well; under AWS's own key nobody can stop it at once after a theft
of credentials by withdrawing the key.

Fix: tune again with a customer-managed key named in the job, or copy the model to the region with one; the key of a finished model
cannot be changed. Whoever calls the model then needs the right to use the key.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Alias, CustomModel, Inventory, Key
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-custom-job.html",
)
def custom_model_customer_key(model: CustomModel, inventory: Inventory) -> Iterator[Fault]:
    if not customer_managed(inventory, model.model_kms_key_arn, model.region):
        yield Fault("the model is encrypted with a key that AWS manages", field="model_kms_key_arn")
