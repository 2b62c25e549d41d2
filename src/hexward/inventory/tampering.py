"""Calls that stopped or lessened a trail, as CloudTrail's event history tells of the last 90 days."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from hexward.inventory.event_history import succeeded
from hexward.inventory.event_selectors import AdvancedEventSelector, EventSelector, management_events
from hexward.inventory.record import Part

TAMPERS = ("StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors")
"""The calls by which a trail comes to record less."""

WANTED = {
    "isMultiRegionTrail": "it records one region alone",
    "includeGlobalServiceEvents": "it leaves IAM and other global services out",
    "enableLogFileValidation": "nobody can prove its files unchanged",
}
"""Settings of a trail, and what it means that one is turned off."""


class Tampering(Part, rename=None):
    """Somebody stopped or lessened a trail; `lessens` says how, `trail` is a name or an ARN."""

    at: datetime
    call: str
    trail: str
    who: str
    lessens: str


def tamperings(events: Any) -> list[dict[str, object]]:  # noqa: ANN401  (AWS's own JSON)
    """Read the events of `TAMPERS`, leaving out calls that failed or lessened nothing; raises ValueError for one that cannot be read."""
    return [read for event, told in succeeded(events) if (read := _tampering(event, told)) is not None]


def _tampering(event: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, object] | None:
    asked = told["requestParameters"] or {}
    lessens = _lessens(told["eventName"], asked)
    if not lessens:
        return None
    who = told.get("userIdentity", {}).get("arn") or event.get("Username") or "someone"
    trail = asked.get("name") or asked.get("trailName") or "a trail"
    return {"at": event["EventTime"], "call": told["eventName"], "trail": trail, "who": who, "lessens": lessens}


def _lessens(call: str, asked: Mapping[str, Any]) -> str:
    if call == "StopLogging":
        return "it recorded nothing any more"
    if call == "DeleteTrail":
        return "it is gone"
    if call == "UpdateTrail":
        return "; ".join(meaning for name, meaning in WANTED.items() if asked.get(name) is False)
    basic = msgspec.convert(_pascal(asked.get("eventSelectors") or []), tuple[EventSelector, ...])
    advanced = msgspec.convert(_pascal(asked.get("advancedEventSelectors") or []), tuple[AdvancedEventSelector, ...])
    return "" if management_events((basic, advanced)).whole else "it leaves management events out"


def _pascal(value: Any) -> Any:  # noqa: ANN401
    """Spell members as the API's answers do; events spell them with a small first letter."""
    if isinstance(value, dict):
        return {name[:1].upper() + name[1:]: _pascal(one) for name, one in value.items()}
    return [_pascal(one) for one in value] if isinstance(value, list) else value
