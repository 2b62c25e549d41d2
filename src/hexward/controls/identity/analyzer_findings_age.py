"""Nothing of AI that Access Analyzer found open to outsiders stays so for a week.

Why: Access Analyzer proves that a stranger can read the training data, use the key or take the role, and the finding waits unread.
What is open for weeks is found by others too: they search for it all day.

Fix: close what the finding shows, in the policy of the bucket, key, role or secret; or, if the access is meant, archive the finding
with a rule that names that one principal. Buckets of training data and models, keys of AI data, roles of AI workloads, and all
secrets count. Where no analyzer works nothing is found: the control over analyzers says so.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.inventory import Alias, AnalyzerFinding, Bucket, Inventory, Key, Model, Workload, exists, readable
from hexward.inventory.purpose import HOLDERS, encrypted_with, holds_models, holds_training_data
from hexward.model import Fault, Severity

LONGEST = timedelta(days=7)


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-3", "NIST-800-53:RA-5"),
    uses=(Alias, Bucket, Key, Model, Workload, *HOLDERS),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings-remediate.html",
)
def analyzer_findings_age(finding: AnalyzerFinding, inventory: Inventory) -> Iterator[Fault]:
    if finding.resource_owner_account != inventory.account:
        raise NotApplicable(f"it belongs to account {finding.resource_owner_account}")
    same = inventory.by(AnalyzerFinding, "resource", finding.resource)
    first = min(same.records, key=lambda one: one.arn)
    if first is not finding:
        raise NotApplicable(f"{first.arn} tells of the same thing")
    if not _of_ai(finding, inventory):
        raise NotApplicable("nothing that was seen makes it a part of AI")
    # A role is found anew by the analyzer of each region: the oldest finding tells since when.
    age = inventory.collected_at - min((one.created for one in readable(same, "created")), default=finding.created)
    if age > LONGEST:
        yield Fault(f"{finding.resource} is open to outsiders since {age.days} days at least", field="created")


def _of_ai(finding: AnalyzerFinding, inventory: Inventory) -> bool:
    kind, arn = finding.resource_type, finding.resource
    if kind == "AWS::IAM::Role":
        return exists(inventory.by(Workload, "role_arns", arn), lambda _: True)
    if kind == "AWS::S3::Bucket":
        bucket = inventory.find(Bucket, arn)
        return bucket is not None and (holds_training_data(inventory, bucket) or holds_models(inventory, bucket))
    if kind == "AWS::KMS::Key":
        key = inventory.find(Key, arn)
        return key is not None and any(True for _ in encrypted_with(inventory, key))
    return kind == "AWS::SecretsManager::Secret"
