"""Model monitoring encrypts its volumes and its reports with a key that the customer manages.

Why: the volume holds the recorded requests of customers while they are checked, and the reports quote what was unusual in them; under
AWS's own key whoever may read the bucket reads the reports, and nobody can withdraw the key.

Fix: definitions never change: make them again with a customer-managed key for the volume and for the output, and let the schedule
name them; a schedule that describes its job itself is updated. Machines with disks of their own take no key for the volume.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Alias, Inventory, Key, MonitoringJob
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringClusterConfig.html",
)
def monitoring_customer_key(job: MonitoringJob, inventory: Inventory) -> Iterator[Fault]:
    if not customer_managed(inventory, job.kms_key_id, job.region):
        yield Fault("its reports are encrypted with a key that AWS manages", field="kms_key_id", aspect="output")
    machines = job.machines
    if machines.have_volumes and not customer_managed(inventory, machines.volume_key, job.region):
        yield Fault("its volumes are encrypted with a key that AWS manages", field="machines", aspect="volume")
