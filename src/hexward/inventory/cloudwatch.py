"""CloudWatch: the alarms on metrics."""

from typing import Annotated

from hexward.inventory.record import At, Record, record

ALARMS = "cloudwatch:DescribeAlarms"


@record
class MetricAlarm(Record):
    """An alarm; `metric_name` and `namespace` are None for one on an expression over several metrics.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
    """

    name: Annotated[str, At(ALARMS, "MetricAlarms[].AlarmName")]
    metric_name: Annotated[str | None, At(ALARMS, "MetricAlarms[].MetricName")]
    namespace: Annotated[str | None, At(ALARMS, "MetricAlarms[].Namespace")]
    actions_enabled: Annotated[bool, At(ALARMS, "MetricAlarms[].ActionsEnabled")]
    alarm_actions: Annotated[tuple[str, ...], At(ALARMS, "MetricAlarms[].AlarmActions")]

    @property
    def acts(self) -> bool:
        """Say whether anything happens when it goes off. Raises NotCollected if that was not read."""
        return self.actions_enabled and bool(self.alarm_actions)
