"""Macie looks for personal data and secrets where training data are.

Why: what stands in the training set comes out of the model. Names, card numbers and keys that nobody knew of get into it with some
upload, and are found by whoever asks the model, or copies the bucket.

Fix: enable Macie in each region that holds training data, best from the organisation's administrator, and automated sensitive data
discovery, which samples objects and is billed by bucket and by volume. Buckets that are excluded from discovery are not seen here,
and neither is what Macie found.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Bucket, Inventory, MacieRegion, Workload, exists
from hexward.inventory.purpose import holds_training_data
from hexward.inventory.region import within
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:Macie.1", "AWS-FSBP:Macie.2", "NIST-800-53:RA-5", "OWASP-LLM:LLM02"),
    uses=(Bucket, Workload),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/macie-controls.html",
)
def macie_training_data(region: MacieRegion, inventory: Inventory) -> Iterator[Fault]:
    buckets = within(inventory.of(Bucket), region.region)
    if not exists(buckets, lambda bucket: holds_training_data(inventory, bucket)):
        raise NotApplicable("no bucket here holds training data of the last 90 days")
    if region.status != "ENABLED":
        yield Fault(f"Macie is {(region.status or 'off').lower()} in {region.region}", field="status", aspect="macie")
    elif region.automated_discovery != "ENABLED":
        says = (
            f"Macie looks for nothing by itself in {region.region}: automated discovery is {region.automated_discovery}"
        )
        yield Fault(says, field="configured_discovery", aspect="discovery")
