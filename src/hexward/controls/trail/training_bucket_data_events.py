"""A trail logs who reads and writes training data.

Why: copying a training set is GetObject, poisoning it PutObject. Both are data events, which no trail logs by default: without them
a theft of gigabytes leaves no line in any log.

Fix: let a trail that records the bucket's region log read and write data events of the whole bucket. A selector for a prefix, for
some event names or some principals leaves the rest unseen and does not count. AWS bills data events by their number.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Bucket, CloudTrailRegion, Inventory, Trail, Workload
from hexward.inventory.cloudtrail import logged_data
from hexward.inventory.purpose import holds_training_data
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("CIS-AWS:3.8", "CIS-AWS:3.9", "HIPAA:164.312(b)", "NIST-800-53:AU-12", "PCI-DSS:10.2.1"),
    uses=(Workload, CloudTrailRegion, Trail),
    source="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
)
def training_bucket_data_events(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    if not holds_training_data(inventory, bucket):
        raise NotApplicable("no training job of the last 90 days reads it")
    logged = logged_data(inventory, "AWS::S3::Object", f"{bucket.arn}/", bucket.region)
    for half, extent in logged.lacking:
        yield Fault(f"{half} of training data are {extent}", field="name", aspect=half)
