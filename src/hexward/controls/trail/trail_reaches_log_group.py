"""Trails hand their events to CloudWatch Logs within a day.

Why: files in a bucket are for afterwards. Alarms, metric filters and whoever watches need the events while the intruder is still at
it; a trail without a log group, or whose delivery broke months ago, wakes nobody.

Fix: give the trail a log group and a role that may write to it, and mend the role where the delivery fails. CloudWatch Logs bills
what it takes in; where a detector reads the bucket or EventBridge instead, grant an exception.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import control
from hexward.inventory import Inventory, Trail
from hexward.model import Fault, Severity

WITHIN = timedelta(days=1)


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:CloudTrail.5", "NIST-800-53:AU-6", "NIST-800-53:SI-4"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-5",
)
def trail_reaches_log_group(trail: Trail, inventory: Inventory) -> Iterator[Fault]:
    if trail.cloud_watch_logs_log_group_arn is None:
        yield Fault("the trail feeds no log group", field="cloud_watch_logs_log_group_arn")
        return
    last = trail.latest_cloud_watch_logs_delivery_time
    if last is None:
        yield Fault("its log group never received an event", field="latest_cloud_watch_logs_delivery_time")
    elif inventory.collected_at - last > WITHIN:
        yield Fault(
            f"its log group received the last event on {last:%Y-%m-%d}", field="latest_cloud_watch_logs_delivery_time"
        )
