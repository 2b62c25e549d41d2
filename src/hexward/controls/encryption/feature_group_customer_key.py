"""Feature groups encrypt their stores with a key that the customer manages.

Why: features are what a company knows of its customers, in one table; under AWS's own key nobody can see who decrypts it, or withdraw
the key after an intrusion.

Fix: make the feature group again with a customer-managed key for each store and ingest its records anew; the keys of an existing
group cannot be changed. AWS asks it of online stores with standard storage, not of those in memory, and so does this control.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Alias, FeatureGroup, Inventory, Key
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=(
        "AWS-AISBP:SageMaker.17",
        "AWS-AISBP:SageMaker.18",
        "HIPAA:164.312(a)(2)(iv)",
        "NIST-800-53:SC-28",
    ),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html",
)
def feature_group_customer_key(group: FeatureGroup, inventory: Inventory) -> Iterator[Fault]:
    offline = group.offline_store_config
    if offline is not None and not customer_managed(inventory, offline.s3_storage_config.kms_key_id, group.region):
        yield Fault(
            "the offline store is encrypted with a key that AWS manages", field="offline_store_config", aspect="offline"
        )
    online = group.online_store_config
    if online is None or not online.enable_online_store or online.storage_type == "InMemory":
        return
    if not customer_managed(inventory, online.kms_key_id, group.region):
        yield Fault(
            "the online store is encrypted with a key that AWS owns", field="online_store_config", aspect="online"
        )
