"""CloudWatch: the alarms on metrics."""

from collections.abc import Container
from typing import Annotated

from hexward.inventory.record import At, NotCollected, Part, Record, record
from hexward.model import Gap, Reason

ALARMS = "cloudwatch:DescribeAlarms"


class Metric(Part):
    """A metric."""

    namespace: str | None = None
    metric_name: str | None = None


class MetricStat(Part):
    """A metric, as an expression takes it in."""

    metric: Metric


class Query(Part):
    """A metric or an expression over others, by the name that expressions call it by."""

    id: str
    metric_stat: MetricStat | None = None
    expression: str | None = None


@record
class MetricAlarm(Record):
    """An alarm; `metric_name` and `namespace` are None for one on an expression over several metrics.

    So they are for one whose threshold is a band of what is usual: then `threshold_metric_id` names the band among `metrics`.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
    """

    name: Annotated[str, At(ALARMS, "MetricAlarms[].AlarmName")]
    metric_name: Annotated[str | None, At(ALARMS, "MetricAlarms[].MetricName")]
    namespace: Annotated[str | None, At(ALARMS, "MetricAlarms[].Namespace")]
    metrics: Annotated[tuple[Query, ...] | None, At(ALARMS, "MetricAlarms[].Metrics")]
    threshold_metric_id: Annotated[str | None, At(ALARMS, "MetricAlarms[].ThresholdMetricId")]
    comparison_operator: Annotated[str | None, At(ALARMS, "MetricAlarms[].ComparisonOperator")]
    actions_enabled: Annotated[bool, At(ALARMS, "MetricAlarms[].ActionsEnabled")]
    alarm_actions: Annotated[tuple[str, ...], At(ALARMS, "MetricAlarms[].AlarmActions")]

    @property
    def acts(self) -> bool:
        """Say whether anything happens when it goes off. Raises NotCollected if that was not read."""
        return self.actions_enabled and bool(self.alarm_actions)

    def watches(self, wanted: Container[tuple[str, str]]) -> bool:
        """Say whether it goes off when one of some metrics, by namespace and name, rises.

        Raises NotCollected for an expression over such a metric, and where a field was not read.
        """
        if self.metric_name is not None:
            return (self.namespace or "", self.metric_name) in wanted and self._of_rises
        queries = self.metrics or ()
        stats = (one.metric_stat.metric for one in queries if one.metric_stat is not None)
        if not any((one.namespace or "", one.metric_name or "") in wanted for one in stats):
            return False
        if any(one.expression is not None and one.id != self.threshold_metric_id for one in queries):
            gap = Gap(Reason.UNSUPPORTED, f"what the expression of {self.name} makes of its metrics is not worked out",
                      ALARMS, region=self.region, resource=self.arn)  # fmt: skip
            raise NotCollected("MetricAlarm.metrics", gap)
        return self._of_rises

    @property
    def _of_rises(self) -> bool:
        """Say whether it compares upwards; one that goes off when nothing happens any more hears of no intruder."""
        return "Greater" in (self.comparison_operator or "")
