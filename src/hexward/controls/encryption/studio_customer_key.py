"""Studio domains encrypt their users' files with a key that the customer manages.

Why: every user's notebooks, data sets and tokens lie on one file system; under AWS's own key its snapshots and copies cannot be
made unreadable after an intrusion, and no decryption can be denied.

Fix: create the domain again with a customer-managed key and move the users' files; the key of an existing domain cannot be changed.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Alias, Domain, Inventory, Key
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html",
)
def studio_customer_key(domain: Domain, inventory: Inventory) -> Iterator[Fault]:
    if not customer_managed(inventory, domain.kms_key_id, domain.region):
        yield Fault("the domain's files are encrypted with a key that AWS manages", field="kms_key_id")
