"""A trail logs who reads and writes models.

Why: the weights are the product. Whoever downloads them at night, or swaps them for a model with a back door, does so with object
calls, which no trail logs by default.

Fix: let a trail that records the bucket's region log read and write data events of the whole bucket. A selector for a prefix, for
some event names or some principals leaves the rest unseen and does not count. AWS bills data events by their number.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Bucket, CloudTrailRegion, Inventory, Model, Trail, Workload
from hexward.inventory.cloudtrail import logged_data
from hexward.inventory.purpose import holds_models
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("CIS-AWS:3.8", "CIS-AWS:3.9", "HIPAA:164.312(b)", "NIST-800-53:AU-12", "PCI-DSS:10.2.1"),
    uses=(Workload, Model, CloudTrailRegion, Trail),
    source="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
)
def artifact_bucket_data_events(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    if not holds_models(inventory, bucket):
        raise NotApplicable("no training job of the last 90 days writes it and no model is loaded from it")
    logged = logged_data(inventory, "AWS::S3::Object", f"{bucket.arn}/", bucket.region)
    for half, extent in logged.lacking:
        yield Fault(f"{half} of models are {extent}", field="name", aspect=half)
