"""Buckets that training reads are encrypted with a key that the customer manages.

Why: with S3's own key or an AWS-managed one nobody can withdraw the key, narrow who may decrypt, or see every decryption; whoever
may read the bucket has the training data.

Fix: make a customer-managed KMS key and set it as the bucket's default encryption with a bucket key; objects written before keep
their old key until they are copied onto themselves.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Alias, Bucket, Inventory, Key, Workload
from hexward.inventory.purpose import holds_training_data
from hexward.inventory.s3 import key_of_bucket
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28", "PCI-DSS:3.5.1"),
    uses=(Workload, Key, Alias),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
)
def training_bucket_customer_key(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    if not holds_training_data(inventory, bucket):
        raise NotApplicable("no training job of the last 90 days reads it")
    key = key_of_bucket(inventory, bucket)
    if key is None or key.manager != "CUSTOMER":
        yield Fault("training data is encrypted with a key that the customer does not manage", field="encryption")
