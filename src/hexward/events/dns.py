"""Route 53 Resolver query logs → events: which name was asked for, and by what.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-format.html
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from hexward.events.event import Event, Known, milliseconds
from hexward.events.log import Log


def event(found: Mapping[str, Any]) -> Event:
    """Return the event of a query. Raises ValueError for one that has no time. Queries have no ids, so their content names them."""
    who = _principal(found)
    known = Known((), {"principal": who})
    return Event(
        log=Log.DNS,
        id=hashlib.sha256(msgspec.json.encode(found, order="deterministic")).hexdigest()[:32],
        time=milliseconds(found.get("query_timestamp")),
        principal=who,
        account=str(found.get("account_id") or ""),
        region=str(found.get("region") or ""),
        known=known,
        fields={**found, "hexward": known},
    )


def says(event: Event) -> str:
    """Tell what happened in one sentence."""
    return f"{event.principal} asked for {event.fields.get('query_name')} ({event.fields.get('query_type')})"


def _principal(found: Mapping[str, Any]) -> str:
    sources = found.get("srcids")
    instance = sources.get("instance") if isinstance(sources, dict) else None
    return str(instance or found.get("srcaddr") or "unknown")
