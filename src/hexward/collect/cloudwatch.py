"""Collects the alarms on metrics."""

from hexward.collect.table import Call, Table
from hexward.inventory import MetricAlarm

TABLES = (
    Table(
        MetricAlarm,
        "cloudwatch",
        Call("DescribeAlarms", {"AlarmTypes": ["MetricAlarm"], "MaxRecords": 100}),
        "MetricAlarms[]",
        "{AlarmArn}",
    ),
)
