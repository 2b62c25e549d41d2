"""Buckets that hold models are encrypted with a key that the customer manages.

Why: the artifacts are the model itself, the most expensive thing in the account to make; under S3's or AWS's own key whoever may
read the bucket has a copy that nobody can make unreadable.

Fix: make a customer-managed KMS key and set it as the bucket's default encryption with a bucket key; artifacts written before keep
their old key until they are copied onto themselves.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Alias, Bucket, Inventory, Key, Model, Workload
from hexward.inventory.purpose import holds_models
from hexward.inventory.s3 import key_of_bucket
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28", "PCI-DSS:3.5.1"),
    uses=(Workload, Model, Key, Alias),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
)
def artifact_bucket_customer_key(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    if not holds_models(inventory, bucket):
        raise NotApplicable("no training job of the last 90 days writes it and no model is loaded from it")
    key = key_of_bucket(inventory, bucket)
    if key is None or key.manager != "CUSTOMER":
        yield Fault("models are encrypted with a key that the customer does not manage", field="encryption")
