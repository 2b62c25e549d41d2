"""Bedrock's model invocation logs → events: who asked which model what, and what it said.

Prompts and answers may be secret and were written by strangers: detections look at them, and no sentence of ours repeats them.
https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
"""

from collections.abc import Mapping
from typing import Any

from hexward.events.event import Event, Known, milliseconds
from hexward.events.log import Log
from hexward.events.who import who


def event(found: Mapping[str, Any]) -> Event:
    """Return the event of an invocation. Raises ValueError for one that has no time."""
    principal = _principal(found)
    known = Known((), {"principal": principal})
    return Event(
        log=Log.INVOCATIONS,
        id=str(found.get("requestId") or ""),
        time=milliseconds(found.get("timestamp")),
        principal=principal,
        account=str(found.get("accountId") or ""),
        region=str(found.get("region") or ""),
        known=known,
        fields={**found, "hexward": known},
    )


def says(event: Event) -> str:
    """Tell what happened in one sentence."""
    return f"{event.principal} asked {event.fields.get('modelId')} ({event.fields.get('operation')}) in {event.region}"


def _principal(found: Mapping[str, Any]) -> str:
    return who({"userIdentity": found.get("identity")}).principal
