"""No GuardDuty finding waits longer than its severity allows.

Why: a finding that nobody reads is a break-in with a receipt. Among 1,247 unread ones lay three about credentials that were in
use outside of AWS, for days in which they could have been revoked.

Fix: deal with the findings that are named, then with the rest, worst first, and archive what is settled; only archiving shows that
someone has looked. Severity 7 and more has 24 hours, 4 to 6.9 seven days, the rest 30 days, from when GuardDuty first raised it. A
case that is worked on elsewhere is not seen: it needs an exception with an owner. Sample findings count until they are archived.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.inventory import GuardDutyFinding, GuardDutyRegion, Inventory, readable
from hexward.inventory.guardduty import is_grave
from hexward.inventory.region import within
from hexward.model import Fault, Severity

LIMITS = (("high", 7.0, timedelta(hours=24)), ("medium", 4.0, timedelta(days=7)), ("low", 0.0, timedelta(days=30)))
"""How long a finding of at least a severity may wait; the first that fits counts."""

NAMED = 3


@control(
    severity=Severity.HIGH,
    frameworks=("HIPAA:164.308(a)(1)(ii)(D)", "HIPAA:164.308(a)(6)(ii)", "NIST-800-53:AU-6", "NIST-800-53:IR-4"),
    uses=(GuardDutyFinding,),
    source="https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html",
)
def triage_in_time(region: GuardDutyRegion, inventory: Inventory) -> Iterator[Fault]:
    if not region.detector_ids:
        raise NotApplicable("GuardDuty was never enabled here, which threats.guardduty_everywhere reports")
    late: dict[str, list[GuardDutyFinding]] = {level: [] for level, _, _ in LIMITS}
    findings = within(inventory.of(GuardDutyFinding), region.region)
    for finding in readable(findings, "id", "type", "severity", "created_at"):
        level, _, limit = next((one for one in LIMITS if finding.severity >= one[1]), LIMITS[-1])
        if inventory.collected_at - finding.created_at > limit:
            late[level].append(finding)
    for level, _, limit in LIMITS:
        if late[level]:
            hours = limit // timedelta(hours=1)
            says = f"findings of {level} severity older than {hours} hours: {len(late[level])}, such as {_worst(late[level])}"
            yield Fault(says, field="detector_ids", aspect=level)


def _worst(findings: list[GuardDutyFinding]) -> str:
    """Name a few, those about credentials and AI first, then the most severe, then the oldest."""
    ranked = sorted(findings, key=lambda one: (not is_grave(one.type), -one.severity, one.created_at, one.id))
    return ", ".join(f"{one.type} of {one.created_at:%Y-%m-%d} ({one.id})" for one in ranked[:NAMED])
