"""Some log tells who asked for training data.

Why: after a theft the first question is which objects left, for whom and when. Without server access logs and without data events
nobody can answer it, and everything in the bucket counts as lost.

Fix: have a trail log read and write data events of the bucket; where their price stands against it, turn on server access logging
to a bucket of another account. Access logs come late and not always complete, so they serve an inquiry and no alarm.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Bucket, CloudTrailRegion, Inventory, Trail, Workload
from hexward.inventory.cloudtrail import logged_data
from hexward.inventory.purpose import holds_training_data
from hexward.model import Fault, Severity


@control(
    severity=Severity.LOW,
    frameworks=("HIPAA:164.312(b)", "NIST-800-53:AU-2", "PCI-DSS:10.2.1"),
    uses=(Workload, CloudTrailRegion, Trail),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/logging-with-S3.html",
)
def training_bucket_access_logged(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    if not holds_training_data(inventory, bucket):
        raise NotApplicable("no training job of the last 90 days reads it")
    if bucket.logging is None:
        logged = logged_data(inventory, "AWS::S3::Object", f"{bucket.arn}/", bucket.region)
        if not logged.whole:
            yield Fault("neither access logs nor data events tell who asked for all of its objects", field="logging")
