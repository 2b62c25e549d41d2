"""Security Hub gathers the findings of every region in one.

Why: intruders choose the region that nobody looks at. Where findings stay in the region that they were found in, somebody has to
open seventeen consoles every morning, and nobody does.

Fix: in the region where people look, enable cross-region aggregation with all regions linked, those to come too.
Findings from before a region was linked arrive when they next change.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, SecurityHubAggregation, SecurityHubRegion, exists
from hexward.inventory.region import within
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AU-6", "NIST-800-53:CA-7"),
    uses=(SecurityHubRegion,),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation.html",
)
def hub_aggregates_regions(aggregation: SecurityHubAggregation, inventory: Inventory) -> Iterator[Fault]:
    if aggregation.home is not None:
        if not aggregation.reaches_home:
            says = f"findings of {aggregation.region} do not go to {aggregation.home}: {aggregation.linking_mode}"
            yield Fault(says, field="listed_regions")
        return
    hub = within(inventory.of(SecurityHubRegion), aggregation.region)
    if not exists(hub, lambda one: one.hub_arn is not None):
        raise NotApplicable("Security Hub is off here, which vulnerabilities.security_hub_everywhere reports")
    yield Fault(f"findings of {aggregation.region} are gathered nowhere", field="home")
