"""Every region encrypts new disks by default, and with a customer's key where confidential disks are.

Why: whoever starts a machine or restores a snapshot for a quick experiment forgets encryption, and the copy of the training data on
that disk, and each snapshot of it, is readable for anyone who gets hold of it.

Fix: enable encryption by default in each region that is in use or not; it costs nothing and changes no disk that exists. Where
confidential data are on disks, name a customer-managed key as the region's default. Machines of types that take no
encrypted disks no longer start.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Alias, EbsDefaults, Inventory, Key, Volume, exists
from hexward.inventory.kms import customer_managed
from hexward.inventory.region import within
from hexward.inventory.sensitivity import is_confidential
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-FSBP:EC2.7", "CIS-AWS:5.1.1", "HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Volume, Key, Alias),
    source="https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html",
)
def ebs_default(region: EbsDefaults, inventory: Inventory) -> Iterator[Fault]:
    if not region.encrypted:
        yield Fault("new disks are not encrypted unless someone asks for it", field="encrypted")
        return
    volumes = within(inventory.of(Volume), region.region)
    confidential = exists(volumes, lambda volume: is_confidential(volume.tags))
    if confidential and not customer_managed(inventory, region.key_id, region.region):
        says = f"new disks get the key {region.key_id} of AWS where confidential disks are"
        yield Fault(says, field="key_id", aspect="key")
