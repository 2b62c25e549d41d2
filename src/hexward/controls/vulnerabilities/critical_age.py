"""AI compute has no critical hole with a fix older than a week, and no severe one older than a month.

Why: a hole is written into attack tools within days of its fix. What runs models holds data, weights and roles, and answers strangers
or fetches packages all day.

Fix: rebuild the image on a patched base, update the function's packages or patch the instance, and deploy. The age is counted from
when Inspector first saw the hole on that image, function or instance, so an image that is built anew with the same hole starts again.
Only compute of AI workloads is judged, and a hole without a fix is not: watch it. What is not scanned is unknown, never clean.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.inventory import InspectorCoverage, InspectorFinding, Inventory, Workload
from hexward.inventory.scanned import findings_of, targets_of
from hexward.model import Fault, Severity

DAYS = {"CRITICAL": 7, "HIGH": 30}
FIXED = {"YES", "PARTIAL"}


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:SI-2", "PCI-DSS:6.3.3"),
    uses=(InspectorCoverage, InspectorFinding),
    source="https://docs.aws.amazon.com/inspector/v2/APIReference/API_Finding.html",
)
def critical_age(workload: Workload, inventory: Inventory) -> Iterator[Fault]:
    targets = list(targets_of(inventory, workload))
    if not targets:
        raise NotApplicable("nothing of it is of a kind that Inspector scans")
    for target in targets:
        late: dict[str, list[InspectorFinding]] = defaultdict(list)
        for one in findings_of(inventory, target, "severity", "fix_available", "first_observed_at", "vulnerability_id"):
            limit = DAYS.get(one.severity)
            age = inventory.collected_at - one.first_observed_at
            if limit is not None and one.fix_available in FIXED and age > timedelta(days=limit):
                late[one.severity].append(one)
        for severity, found in sorted(late.items()):
            oldest = min(found, key=lambda one: (one.first_observed_at, one.arn))
            which = f"{oldest.vulnerability_id or 'one in its code'} since {oldest.first_observed_at:%Y-%m-%d}"
            what = f"{severity.lower()} holes in {target.says} with a fix, older than {DAYS[severity]} days"
            says = f"{what}: {len(found)}, the oldest {which}"
            yield Fault(says, field=target.field, aspect=f"{severity} {target.name}")
