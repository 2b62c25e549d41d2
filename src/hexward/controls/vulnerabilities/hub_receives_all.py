"""Security Hub takes in what GuardDuty, Inspector, Macie and Access Analyzer find.

Why: the alarm, the ticket and the morning's look all begin in Security Hub. A service whose findings it does not take raises its hand
in a console that nobody opens.

Fix: accept the findings of the service on Security Hub's page of integrations, in each region; they are on by default, so somebody
turned them off. Findings that come in are billed by their number. Whether the service itself is on, other controls judge.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import SecurityHubRegion
from hexward.model import Fault, Severity

PRODUCTS = {
    "aws/guardduty": "GuardDuty",
    "aws/inspector": "Inspector",
    "aws/macie": "Macie",
    "aws/access-analyzer": "IAM Access Analyzer",
}
"""Names of services by the end of their subscription's ARN."""


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:CA-7", "NIST-800-53:SI-4"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-internal-providers.html",
)
def hub_receives_all(region: SecurityHubRegion) -> Iterator[Fault]:
    if region.hub_arn is None:
        raise NotApplicable("Security Hub is off here, which vulnerabilities.security_hub_everywhere reports")
    taken = {arn.partition("product-subscription/")[2] for arn in region.product_subscriptions or ()}
    for product, name in PRODUCTS.items():
        if product not in taken:
            says = f"findings of {name} are not taken in {region.region}"
            yield Fault(says, field="product_subscriptions", aspect=product)
