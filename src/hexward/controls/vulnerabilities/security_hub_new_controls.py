"""Security Hub turns controls on that AWS adds to the enabled standards.

Why: AWS adds checks for AI services several times a year. Where they are not turned on by themselves, the score says less each
year, and stays as green as it was.

Fix: set auto-enable controls in each region. The score may drop when checks are added, by what was wrong before.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import SecurityHubRegion
from hexward.model import Fault, Kind, Severity


@control(
    severity=Severity.LOW,
    kind=Kind.ADVICE,
    frameworks=("NIST-800-53:CA-7",),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/controls-auto-enable.html",
)
def security_hub_new_controls(region: SecurityHubRegion) -> Iterator[Fault]:
    if region.hub_arn is None:
        raise NotApplicable("Security Hub is off here, which vulnerabilities.security_hub_everywhere reports")
    if not region.auto_enable_controls:
        yield Fault(f"new controls stay off in {region.region}", field="auto_enable_controls")
