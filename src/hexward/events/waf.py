"""WAF logs → events: which request a web ACL let through, counted or blocked, and by which rule.

https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html
"""

from collections.abc import Mapping
from typing import Any

from hexward.events.event import Event, Known
from hexward.events.log import Log
from hexward.events.values import mapping


def event(found: Mapping[str, Any]) -> Event:
    """Return the event of a request. Raises ValueError for one that has no time, which WAF tells in milliseconds."""
    time = found.get("timestamp")
    if not isinstance(time, int) or isinstance(time, bool):
        raise ValueError(f"{str(time)[:40]!r} is no time")
    who = _principal(found)
    known = Known((), {"principal": who})
    # arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/name/id
    parts = [*str(found.get("webaclId")).split(":"), *[""] * 5]
    return Event(
        log=Log.WAF,
        id=str(_request(found).get("requestId") or f"{time}:{_principal(found)}"),
        time=time,
        principal=who,
        account=parts[4],
        region=parts[3],
        known=known,
        fields={**found, "hexward": known},
    )


def says(event: Event) -> str:
    """Tell what happened in one sentence."""
    rule = event.fields.get("terminatingRuleId")
    return f"the web ACL said {event.fields.get('action')} to {event.principal} by the rule {rule}"


def _request(found: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping(found.get("httpRequest"))


def _principal(found: Mapping[str, Any]) -> str:
    return str(_request(found).get("clientIp") or "unknown")
