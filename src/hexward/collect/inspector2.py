"""Collects which kinds of compute Inspector scans in each region."""

from hexward.collect.table import Call, Table
from hexward.inventory import InspectorRegion

TABLES = (
    Table(
        InspectorRegion,
        "inspector2",
        Call("BatchGetAccountStatus", {"accountIds": ["$account"]}),
        "",
        "arn:{partition}:inspector2:{region}:{account}:account",
    ),
)
