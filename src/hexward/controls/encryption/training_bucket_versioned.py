"""Buckets that training reads keep the former versions of objects.

Why: whoever poisons a training set overwrites objects; without versions nobody can tell what was there before, train again on the
clean set, or undo a deletion.

Fix: enable versioning, with a lifecycle rule that removes old versions after as long as you train on them; objects of before have
no versions, and storage costs grow with each overwrite.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Bucket, Inventory, Workload
from hexward.inventory.purpose import holds_training_data
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("HIPAA:164.308(a)(7)(ii)(A)", "NIST-800-53:CP-9", "OWASP-LLM:LLM04"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
)
def training_bucket_versioned(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    if not holds_training_data(inventory, bucket):
        raise NotApplicable("no training job of the last 90 days reads it")
    if bucket.versioning != "Enabled":
        state = "never was on" if bucket.versioning is None else f"is {bucket.versioning.lower()}"
        yield Fault(f"versioning of the training data {state}", field="versioning")
