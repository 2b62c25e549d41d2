"""Collects groups of logs and metric filters."""

from hexward.collect.table import Call, Table
from hexward.inventory import LogGroup, MetricFilter

TABLES = (
    Table(LogGroup, "logs", Call("DescribeLogGroups", {"limit": 50}), "logGroups[]", "{arn}"),
    Table(
        MetricFilter,
        "logs",
        Call("DescribeMetricFilters", {"limit": 50}),
        "metricFilters[]",
        # AWS gives metric filters no ARN of their own.
        "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}:metric-filter:{filterName}",
    ),
)
