"""Log files of trails are validated, encrypted with a customer's key, and kept in a versioned bucket.

Why: an intruder who reaches the log bucket deletes or rewrites the hours that convict. Digest files prove a change, a key of your
own decides who reads the logs, and versions bring deleted files back.

Fix: turn on log file validation and a customer-managed KMS key for the trail (its policy must let CloudTrail use it), and
versioning, better with Object Lock, for the bucket. Readers of the logs then need the right to decrypt.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Alias, Bucket, Inventory, Key, Trail, bucket_named, key_of, readable
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=(
        "AWS-FSBP:CloudTrail.2",
        "AWS-FSBP:CloudTrail.4",
        "CIS-AWS:3.2",
        "CIS-AWS:3.5",
        "NIST-800-53:AU-9",
        "PCI-DSS:10.3.2",
    ),
    uses=(Bucket, Key, Alias),
    source="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
)
def trail_integrity(trail: Trail, inventory: Inventory) -> Iterator[Fault]:
    if not trail.log_file_validation_enabled:
        yield Fault("nobody can prove that log files are unchanged", "log_file_validation_enabled", "validation")
    if trail.kms_key_id is None:
        yield Fault("log files are encrypted with a key of S3's own", field="kms_key_id", aspect="key")
    buckets = inventory.by(Bucket, "name", trail.s3_bucket_name)
    for bucket in readable(buckets, "versioning"):
        if bucket.versioning != "Enabled":
            yield Fault(
                f"deleted log files in {bucket.name} are gone for good", field="s3_bucket_name", aspect="versions"
            )
    if trail.kms_key_id is not None:
        key = key_of(inventory, trail.kms_key_id, trail.region)
        if key is None or key.manager != "CUSTOMER":
            yield Fault("log files are encrypted with a key that the customer does not manage", "kms_key_id", "key")
    if not buckets:
        # A log archive in another account is good practice, and not to be seen from here: unknown says so.
        bucket_named(inventory, trail.s3_bucket_name)
