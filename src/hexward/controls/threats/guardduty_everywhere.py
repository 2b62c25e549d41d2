"""GuardDuty watches every region of the account.

Why: an intruder with stolen keys starts GPU machines in the region that nobody looks at, and calls to IAM and other global services
are reported from only some regions. Where GuardDuty is off, none of it is ever a finding.

Fix: enable GuardDuty in each region that is not denied to everyone, best from the organisation's delegated administrator with
auto-enable for all accounts. It costs by the volume of events, and breaks nothing.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import GuardDutyRegion
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=("AWS-FSBP:GuardDuty.1", "HIPAA:164.308(a)(1)(ii)(D)", "NIST-800-53:SI-4", "PCI-DSS:11.5.1"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#guardduty-1",
)
def guardduty_everywhere(region: GuardDutyRegion) -> Iterator[Fault]:
    if not region.detector_ids:
        yield Fault(f"GuardDuty was never enabled in {region.region}", field="detector_ids")
    elif region.status != "ENABLED":
        yield Fault(f"GuardDuty is suspended in {region.region}", field="status")
