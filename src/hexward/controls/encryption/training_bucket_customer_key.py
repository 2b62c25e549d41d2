"""Buckets that training reads are encrypted with a key that the customer manages.

Why: with S3's own key or an AWS-managed one nobody can withdraw the key, narrow who may decrypt, or see every decryption; whoever
may read the bucket has the training data.

Fix: make a customer-managed KMS key and set it as the bucket's default encryption with a bucket key; objects written before keep
their old key until they are copied onto themselves.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Alias, Bucket, Inventory, Key, Stage, Workload, key_of, readable
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-FSBP:S3.17", "NIST-800-53:SC-28", "PCI-DSS:3.5"),
    uses=(Workload, Key, Alias),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
)
def training_bucket_customer_key(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    readers = list(readable(inventory.by(Workload, "input_buckets", bucket.name), "stage"))
    if not any(reader.stage is Stage.TRAIN for reader in readers):
        raise NotApplicable("no training job of the last 90 days reads it")
    encryption = bucket.default_encryption
    if encryption is None or not encryption.sse_algorithm.startswith("aws:kms"):
        yield Fault("training data is encrypted with a key of S3's own", field="encryption")
        return
    reference = encryption.kms_master_key_id
    key = None if reference is None else key_of(inventory, reference, bucket.region)
    if key is None or key.manager != "CUSTOMER":
        yield Fault("training data is encrypted with a key that AWS manages", field="encryption")
