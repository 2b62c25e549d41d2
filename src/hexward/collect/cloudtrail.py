"""Collects trails from their home regions, whether they log, and what they select."""

from hexward.collect.table import Call, Table
from hexward.inventory import Trail

TABLES = (
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
