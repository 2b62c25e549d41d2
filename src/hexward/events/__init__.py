"""Logs → events: CloudTrail, GuardDuty and others are read from byte streams, and told what Hexward knows of them."""

from collections.abc import Mapping
from typing import Any

from hexward.events import cloudtrail, guardduty
from hexward.events.event import KNOWN_EARLY, Event, milliseconds, told
from hexward.events.fields import ASSET_FIELDS, BASELINE_FIELDS, FIELDS
from hexward.events.log import DataSource, Log, data_source

__all__ = [
    "ASSET_FIELDS",
    "BASELINE_FIELDS",
    "FIELDS",
    "KNOWN_EARLY",
    "DataSource",
    "Event",
    "Log",
    "data_source",
    "event_of",
    "milliseconds",
    "told",
]


def event_of(log: Log, record: Mapping[str, Any]) -> Event:
    """Return the event of a record, as JSON was read. Raises ValueError for a record that is none of that log's."""
    if log is Log.CLOUDTRAIL:
        return cloudtrail.event(record)
    if log is Log.GUARDDUTY:
        return guardduty.event(record)
    raise ValueError(f"records of {log.value} are not read")
