"""GuardDuty findings → events. The API spells them in pascal case and EventBridge in camel case; here they are all camel case.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
"""

from collections.abc import Mapping
from typing import Any

from hexward.events.event import Event, Known, milliseconds
from hexward.events.log import Log


def event(record: Mapping[str, Any]) -> Event:
    """Return the event of a finding. Raises ValueError for one that has no type or time.

    A finding is told anew when it happens again; its id and the time of the update name the event.
    """
    finding = camel_case(record)
    kind = _text(finding.get("type"))
    if not kind:
        raise ValueError("a finding without a type")
    updated = _text(finding.get("updatedAt"))
    time = milliseconds(updated or finding.get("createdAt"))
    who = _principal(finding)
    known = Known((), {"principal": who})
    return Event(
        log=Log.GUARDDUTY,
        id=f"{_text(finding.get('id'))}@{updated}",
        time=time,
        principal=who,
        account=_text(finding.get("accountId")),
        region=_text(finding.get("region")),
        known=known,
        fields={**finding, "hexward": known},
    )


def says(event: Event) -> str:
    """Tell what happened in one sentence."""
    place = f" in {event.region}" if event.region else ""
    return f"GuardDuty told of {event.fields.get('type')} by {event.principal}{place}"


def _principal(finding: Mapping[str, Any]) -> str:
    """Return whom the finding is about: the user or role whose key it names, the actor of a sequence, or else the resource."""
    resource = _mapping(finding.get("resource"))
    key = _mapping(resource.get("accessKeyDetails"))
    account, user = _text(finding.get("accountId")), _text(key.get("userName"))
    partition = _text(finding.get("partition")) or "aws"
    if user and _text(key.get("userType")) in {"IAMUser", "AssumedRole"}:
        kind = "user" if key["userType"] == "IAMUser" else "role"
        return f"arn:{partition}:iam::{account}:{kind}/{user}"
    sequence = _mapping(_mapping(_mapping(finding.get("service")).get("detection")).get("sequence"))
    for actor in _list(sequence.get("actors")):
        user = user or _text(_mapping(_mapping(actor).get("user")).get("name"))
    instance = _text(_mapping(resource.get("instanceDetails")).get("instanceId"))
    return user or instance or _text(resource.get("resourceType")) or "unknown"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def camel_case(value: Any) -> Any:  # noqa: ANN401  (parsed JSON)
    """Return a structure whose every key begins with a small letter."""
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: camel_case(one) for key, one in value.items()}
    return [camel_case(one) for one in value] if isinstance(value, list) else value
