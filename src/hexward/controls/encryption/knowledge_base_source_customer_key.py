"""Knowledge bases take in documents under a key that the customer manages.

Why: while a knowledge base takes in its documents, Bedrock keeps copies of what it reads; under AWS's own key nobody can deny a
decryption, withdraw the key after an intrusion, or see in the trail that it was used.

Fix: name a customer-managed key in the data source's server-side encryption and let the knowledge base's role use it; the next
synchronisation then needs the key. The vectors themselves lie in a store of their own, with a key of its own.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Alias, DataSource, Inventory, Key
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-AISBP:Bedrock.1", "HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/config/latest/developerguide/bedrock-data-source-encryption-enabled.html",
)
def knowledge_base_source_customer_key(source: DataSource, inventory: Inventory) -> Iterator[Fault]:
    if not customer_managed(inventory, source.kms_key_arn, source.region):
        yield Fault("documents are taken in under a key that AWS manages", field="kms_key_arn")
