"""Collects the schedules that call SageMaker or Bedrock."""

from collections.abc import Mapping
from typing import Any

from hexward.collect.table import Call, Table
from hexward.inventory import Schedule
from hexward.inventory.scheduler import calls_ai


def _calls_ai(item: Mapping[str, Any]) -> bool:
    """Leave out what calls other services; kept where the target is not told."""
    target = item.get("Target")
    arn = target.get("Arn") if isinstance(target, Mapping) else None
    return not isinstance(arn, str) or calls_ai(arn)


TABLES = (
    Table(
        Schedule,
        "scheduler",
        Call("ListSchedules", {"MaxResults": 100}),
        "Schedules[]",
        "{Arn}",
        details=(Call("GetSchedule", {"GroupName": "$GroupName", "Name": "$Name"}),),
        keep=_calls_ai,
    ),
)
