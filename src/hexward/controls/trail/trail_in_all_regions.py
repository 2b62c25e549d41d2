"""A trail of all regions records every management event.

Why: an intruder works where nobody records: in a region without a trail, or by reads, key use and database calls that the trail
leaves out. Without those events no detection fires and nobody can tell afterwards what was taken.

Fix: make one trail of all regions, best for the whole organisation, that logs read and write management events and excludes no
source, and start it. The first copy of management events is free; key events are many, and cost storage.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import CloudTrailRegion, Inventory, Trail, exists
from hexward.model import Fault, Severity


def records_everything(trail: Trail) -> bool:
    """Say whether a trail covers all regions, delivers, and leaves no management event out."""
    return trail.is_multi_region_trail and trail.delivers and trail.logged_management.whole


@control(
    severity=Severity.CRITICAL,
    frameworks=("AWS-FSBP:CloudTrail.1", "CIS-AWS:3.1", "HIPAA:164.312(b)", "NIST-800-53:AU-2", "NIST-800-53:AU-12"),
    uses=(Trail,),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-1",
)
def trail_in_all_regions(region: CloudTrailRegion, inventory: Inventory) -> Iterator[Fault]:
    # A member account sees that an organisation's trail is there and not what it selects: that is unknown, not a fault.
    if not exists(region.trails(inventory), records_everything):
        yield Fault(
            f"no working trail records all management events of all regions (trails here: {len(region.trail_arns)})",
            field="trail_arns",
        )
