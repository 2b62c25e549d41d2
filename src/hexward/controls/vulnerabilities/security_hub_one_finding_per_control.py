"""Security Hub makes one finding per control, whichever standards hold it.

Why: with a finding per standard the same hole is counted and alarmed up to five times, people stop reading, and scores across
standards cannot be worked out from the findings.

Fix: turn on consolidated control findings in the administrator account. Rules, tickets and exceptions that match the ids of single
standards must be changed first: they match nothing afterwards.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import SecurityHubRegion
from hexward.model import Fault, Kind, Severity


@control(
    severity=Severity.LOW,
    kind=Kind.ADVICE,
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/controls-findings-create-update.html",
)
def security_hub_one_finding_per_control(region: SecurityHubRegion) -> Iterator[Fault]:
    if region.hub_arn is None:
        raise NotApplicable("Security Hub is off here, which vulnerabilities.security_hub_everywhere reports")
    if region.control_finding_generator != "SECURITY_CONTROL":
        yield Fault(f"findings are made per standard in {region.region}", field="control_finding_generator")
