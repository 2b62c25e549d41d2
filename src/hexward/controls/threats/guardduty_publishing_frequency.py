"""GuardDuty publishes updates of its findings every 15 minutes.

Why: GuardDuty sends a first finding within minutes, but by default tells only every six hours that it goes on. An intruder who
comes back with the same key, or a containment that failed, is then noticed half a working day late.

Fix: set the publishing frequency to 15 minutes in each region; in an organisation the administrator account sets it for all. It
costs nothing; rules that count findings count more updates.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import GuardDutyRegion
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:SI-4",),
    source="https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html",
)
def guardduty_publishing_frequency(region: GuardDutyRegion) -> Iterator[Fault]:
    if not region.detector_ids or region.status != "ENABLED":
        raise NotApplicable("GuardDuty is off here, which threats.guardduty_everywhere reports")
    if region.finding_publishing_frequency != "FIFTEEN_MINUTES":
        yield Fault(
            f"updates are published with frequency {region.finding_publishing_frequency}",
            field="finding_publishing_frequency",
        )
