"""Databases and tables of AI data are encrypted with a key that the customer manages.

Why: prompts, answers and predictions end up in a database, and its snapshots travel further than the database itself; under AWS's own
key nobody can withdraw the key, narrow who may decrypt, or see every decryption.

Fix: change a table's key in place; for a database copy a snapshot under a customer-managed key, restore from it and move the
clients, since the key of an existing database cannot be changed. A store belongs to AI where a tag or an AI function says so.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.stores import without_customer_key
from hexward.inventory import Alias, DataStore, Inventory, Key
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=(
        "AWS-FSBP:RDS.3",
        "AWS-FSBP:RDS.27",
        "CIS-AWS:2.2.1",
        "HIPAA:164.312(a)(2)(iv)",
        "NIST-800-53:SC-28",
        "PCI-DSS:3.5.1",
    ),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
)
def data_store_customer_key(store: DataStore, inventory: Inventory) -> Iterator[Fault]:
    yield from without_customer_key(store, inventory)
