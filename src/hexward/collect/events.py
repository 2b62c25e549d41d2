"""Collects the rules of EventBridge's default bus, with their targets."""

from collections.abc import Mapping
from typing import Any

from hexward.collect.table import Call, Table
from hexward.inventory import EventRule


def _has_a_pattern(item: Mapping[str, Any]) -> bool:
    """Leave out rules that only run by the clock: no event ever reaches them."""
    return "EventPattern" in item or "ScheduleExpression" not in item


TABLES = (
    Table(
        EventRule,
        "events",
        Call("ListRules", {"Limit": 100}),
        "Rules[]",
        "{Arn}",
        details=(Call("ListTargetsByRule", {"Rule": "$Name", "Limit": 100}),),
        keep=_has_a_pattern,
    ),
)
