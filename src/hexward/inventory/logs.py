"""CloudWatch Logs: how long groups of logs are kept, and the filters that turn events into metrics."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from hexward.inventory.filter_pattern import matcher
from hexward.inventory.record import At, NotCollected, Part, Record, record
from hexward.model import Gap, Reason

GROUPS = "logs:DescribeLogGroups"
FILTERS = "logs:DescribeMetricFilters"


class MetricTransformation(Part, rename="camel"):
    """The metric that a matching event counts into."""

    metric_name: str
    metric_namespace: str


@record
class LogGroup(Record):
    """A group of logs; without `retention_in_days` it is kept for good.

    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html
    """

    name: Annotated[str, At(GROUPS, "logGroups[].logGroupName")]
    retention_in_days: Annotated[int | None, At(GROUPS, "logGroups[].retentionInDays")]
    kms_key_id: Annotated[str | None, At(GROUPS, "logGroups[].kmsKeyId")]


@record
class MetricFilter(Record):
    """A pattern over a group's events, and the metrics that it feeds."""

    log_group_name: Annotated[str, At(FILTERS, "metricFilters[].logGroupName")]
    filter_pattern: Annotated[str | None, At(FILTERS, "metricFilters[].filterPattern")]
    metric_transformations: Annotated[
        tuple[MetricTransformation, ...], At(FILTERS, "metricFilters[].metricTransformations")
    ]

    @property
    def metrics(self) -> tuple[tuple[str, str], ...]:
        """Return the namespace and the name of each metric that it feeds. Raises NotCollected if they were not read."""
        return tuple((one.metric_namespace, one.metric_name) for one in self.metric_transformations)

    def matches(self, event: Mapping[str, Any]) -> bool:
        """Say whether an event counts. Raises NotCollected for a pattern that is not read."""
        try:
            return matcher(self.filter_pattern or "")(event)
        except ValueError as error:
            gap = Gap(Reason.UNSUPPORTED, str(error), FILTERS, region=self.region, resource=self.arn)
            raise NotCollected("MetricFilter.filter_pattern", gap) from error


_GROUP_ARN = re.compile(r"arn:[a-z-]+:logs:(?P<region>[a-z0-9-]+):\d{12}:log-group:(?P<name>[^:*]+)")


def group_of(arn: str) -> tuple[str, str] | None:
    """Return the region and the name of the log group that an ARN names, with or without the `:*` at its end; None for another."""
    found = _GROUP_ARN.match(arn)
    return (found["region"], found["name"]) if found else None
