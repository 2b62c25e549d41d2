"""CloudTrail's event history, which LookupEvents tells: management events of the last 90 days."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec

KEPT = timedelta(days=90)
"""How far back CloudTrail's event history goes."""


def succeeded(events: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:  # noqa: ANN401  (AWS's own JSON)
    """Yield each event that LookupEvents told with the record that it holds, but for calls that failed.

    Raises ValueError if the events are no list or a record is no JSON, KeyError for an event without a record.
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
    """
    if not isinstance(events, list):
        msg = f"events are a list, not {type(events).__name__}"
        raise ValueError(msg)
    for event in events:
        record = msgspec.json.decode(event["CloudTrailEvent"])
        if not record.get("errorCode"):
            yield event, record
