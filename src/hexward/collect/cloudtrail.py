"""Collects which trails record each region, and each trail from its home region: whether it logs, and what it selects."""

from hexward.collect.table import Call, Table
from hexward.inventory import CloudTrailRegion, Trail

TABLES = (
    Table(
        CloudTrailRegion,
        "cloudtrail",
        # Shadows are what trails of all regions, and of the organisation, look like away from home.
        Call("DescribeTrails", {"includeShadowTrails": True}),
        "",
        "arn:{partition}:cloudtrail:{region}:{account}:trail/*",
    ),
    Table(
        Trail,
        "cloudtrail",
        Call("DescribeTrails", {"includeShadowTrails": False}),
        "trailList[]",
        "{TrailARN}",
        details=(
            Call("GetTrailStatus", {"Name": "$TrailARN"}),
            Call("GetEventSelectors", {"TrailName": "$TrailARN"}),
        ),
    ),
)
