"""Nothing of AI that Access Analyzer found open to outsiders stays so for a week.

Why: Access Analyzer proves that a stranger can read the training data, use the key or take the role, and the finding waits unread.
What is open for weeks is found by others too: they search for it all day.

Fix: close what the finding shows, in the policy of the bucket, key, role or secret; or, if the access is meant, archive the finding
with a rule that names that one principal. Buckets of training data and models, keys and tables of AI data, roles and functions of AI
workloads, and all secrets count. Where no analyzer works nothing is found: the control over analyzers says so.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.inventory import AnalyzerFinding, Bucket, DataStore, Inventory, Key, Workload, exists, readable
from hexward.inventory.purpose import ENCRYPTED, encrypted_with, holds_ai_data
from hexward.inventory.workloads import is_workload
from hexward.model import Fault, Severity

LONGEST = timedelta(days=7)


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-3", "NIST-800-53:RA-5"),
    uses=(Key, *ENCRYPTED),
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
    arn = finding.resource
    match finding.resource_type:
        case "AWS::IAM::Role":
            return exists(inventory.by(Workload, "role_arns", arn), lambda _: True)
        case "AWS::S3::Bucket":
            bucket = inventory.find(Bucket, arn)
            return bucket is not None and holds_ai_data(inventory, bucket)
        case "AWS::KMS::Key":
            key = inventory.find(Key, arn)
            return key is not None and any(True for _ in encrypted_with(inventory, key))
        case "AWS::Lambda::Function":
            return is_workload(inventory, arn)
        case "AWS::DynamoDB::Table":
            return exists(inventory.by(DataStore, "arn", arn), lambda store: store.of_ai)
    return finding.resource_type == "AWS::SecretsManager::Secret"
