"""An event as detections see it: what a log holds of it, who did it, when, and which fields tell early whom it concerns."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from hexward.events.log import Log


class Event(msgspec.Struct, frozen=True):
    """One event of a log. `fields` is all that the log holds, with Hexward's own words below `hexward`.

    `time` is milliseconds since 1970 in UTC.
    """

    log: Log
    id: str
    time: int
    principal: str
    account: str
    region: str
    says: str
    fields: Mapping[str, Any]


KNOWN_EARLY: Mapping[Log, tuple[str, ...]] = {
    Log.CLOUDTRAIL: ("eventSource", "eventName", "errorCode"),
    Log.GUARDDUTY: ("type",),
}
"""The fields by which rules are chosen before an event is read in full."""


def milliseconds(text: object) -> int:
    """Return a time as logs write it (`2026-01-31T02:17:00Z`) in milliseconds since 1970. Raises ValueError for anything else."""
    if not isinstance(text, str):
        raise ValueError(f"{str(text)[:40]!r} is no time")
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


def told(milliseconds: int) -> str:
    """Return a time as logs write it, in UTC and to the second."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
