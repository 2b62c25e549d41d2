"""Collects Security Hub of each region, or that it is off."""

from hexward.collect.table import Call, Table
from hexward.inventory import SecurityHubRegion

TABLES = (
    Table(
        SecurityHubRegion,
        "securityhub",
        # Security Hub answers InvalidAccessException where the account is not subscribed to it.
        Call("DescribeHub", absent=("InvalidAccessException", "ResourceNotFoundException")),
        "",
        "arn:{partition}:securityhub:{region}:{account}:hub",
    ),
)
