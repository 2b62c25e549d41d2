"""Processing, transform, tuning and AutoML jobs encrypt their volumes and outputs with a key that the customer manages.

Why: the volume holds the data in the clear to the container, and the output is cleaned data, predictions or the model itself; under
AWS's own key whoever may read the bucket reads it, and nobody can withdraw the key.

Fix: name a customer-managed key for the volume and for the output in the next job's settings; finished jobs cannot be changed.
Machines with disks of their own take no key for the volume: their hardware encrypts it. Jobs that a schedule or another job started
are judged there.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Alias, Inventory, Job, Key
from hexward.inventory.jobs import called
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-nbi.html",
)
def job_customer_key(job: Job, inventory: Inventory) -> Iterator[Fault]:
    for part, key in job.outputs.items():
        if not customer_managed(inventory, key, job.region):
            what = called("output", part)
            yield Fault(f"the {what} is encrypted with a key that AWS manages", field="outputs", aspect=what)
    for part, machines in job.machines.items():
        if machines.have_volumes and not customer_managed(inventory, machines.volume_key, job.region):
            what = called("volume", part)
            yield Fault(f"the {what} is encrypted with a key that AWS manages", field="machines", aspect=what)
