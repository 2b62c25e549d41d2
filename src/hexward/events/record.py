"""Records → events: what a log wrote, told in words that all logs share."""

from typing import Any

from hexward.events import cloudtrail, guardduty
from hexward.events.event import Event
from hexward.events.log import Log


def event_of(log: Log, record: dict[str, Any]) -> Event:
    """Return the event of a record, as JSON was read. Raises ValueError for a record that is none of that log's."""
    if log is Log.CLOUDTRAIL:
        return cloudtrail.event(record)
    if log is Log.GUARDDUTY:
        return guardduty.event(record)
    raise ValueError(f"records of {log.value} are not read")


def says(event: Event) -> str:
    """Tell in one sentence what happened."""
    return cloudtrail.says(event) if event.log is Log.CLOUDTRAIL else guardduty.says(event)
