"""GuardDuty exports its findings to a bucket, so that they outlive their 90 days.

Why: GuardDuty forgets a finding after 90 days, and breaches are often found later. Without a copy nobody can tell then when the
first key was used from where it should not have been.

Fix: export findings to a bucket of a log account, encrypted with a KMS key whose policy lets GuardDuty use it, which GuardDuty
demands in any case. Storage costs little. A destination that stopped working says so in its status: mend its bucket or key.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import GuardDutyRegion, NotCollected
from hexward.model import Fault, Gap, Reason, Severity


@control(
    severity=Severity.LOW,
    frameworks=("NIST-800-53:AU-11",),
    source="https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html",
)
def guardduty_findings_exported(region: GuardDutyRegion) -> Iterator[Fault]:
    if not region.enabled:
        raise NotApplicable("GuardDuty is off here, which threats.guardduty_everywhere reports")
    statuses = sorted(one.status for one in region.destinations or ())
    if "PUBLISHING" in statuses:
        return
    if region.administrator is not None:
        # An administrator's export holds the findings of its members too.
        says = f"what {region.administrator.account_id}, which administers GuardDuty here, exports is not seen"
        raise NotCollected("GuardDutyRegion.destinations", Gap(Reason.NOT_COLLECTED, says, region=region.region))
    yield Fault(f"findings are not exported (destinations here: {', '.join(statuses) or 'none'})", field="destinations")
