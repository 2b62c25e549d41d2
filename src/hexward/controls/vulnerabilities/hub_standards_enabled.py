"""Security Hub checks the account against five standards.

Why: each standard sees what the others leave out: AWS's own practices, the CIS benchmark, NIST 800-53, PCI DSS, and, since general
standards hardly know them, AWS's practices for AI. What no standard checks has no score and no finding.

Fix: enable the standard, best by a configuration policy for the whole organisation; checks are billed by their number, and one that
several standards share is billed once. An incomplete standard says why in its status reason, mostly that AWS Config records nothing.
Grant an exception for a standard that binds you in no way, as PCI DSS does not without card data.
"""

import re
from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, NotCollected, SecurityHubRegion, SecurityHubStandard, best, note
from hexward.inventory.region import within
from hexward.model import Fault, Gap, Reason, Severity

STANDARDS = {
    "AWS Foundational Security Best Practices": r"standards/aws-foundational-security-best-practices/v/\d+.*",
    "CIS AWS Foundations Benchmark 3.0.0 or newer": r"standards/cis-aws-foundations-benchmark/v/([3-9]|\d\d+)\..*",
    "NIST SP 800-53 Revision 5": r"standards/nist-800-53/v/5\..*",
    "PCI DSS 4.0.1": r"standards/pci-dss/v/4\.0\.1",
    "AWS AI Security Best Practices": r"standards/ai-security-best-practices/v/\d+.*",
}
"""The standards by name, with the pattern of the end of their ARNs."""


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:CA-7",),
    uses=(SecurityHubStandard,),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html",
)
def hub_standards_enabled(region: SecurityHubRegion, inventory: Inventory) -> Iterator[Fault]:
    if region.hub_arn is None:
        raise NotApplicable("Security Hub is off here, which vulnerabilities.security_hub_everywhere reports")
    listing = within(inventory.of(SecurityHubStandard), region.region)
    for name, pattern in STANDARDS.items():

        def meant(one: SecurityHubStandard, pattern: str = pattern) -> bool:
            return re.fullmatch(pattern, one.standards_id) is not None and bool(one.status)

        try:
            standard = best(listing, meant, lambda one: one.status == "READY")
        except NotCollected as missing:
            note(missing)
            continue
        if standard is None:
            yield Fault(f"{name} is not enabled in {region.region}", field="hub_arn", aspect=name)
        elif standard.status == "PENDING":
            # So is a standard that is enabled and to which AWS adds controls.
            gap = Gap(Reason.NOT_COLLECTED, f"{name} is being prepared", region=region.region)
            note(NotCollected("SecurityHubStandard.status", gap))
        elif standard.status != "READY":
            yield Fault(f"{name} is {standard.status.lower()} in {region.region}", field="hub_arn", aspect=name)
