"""GuardDuty findings → events. The API spells them in pascal case and EventBridge in camel case; here they are all camel case.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from hexward.events.event import Event, Known, milliseconds
from hexward.events.log import Log
from hexward.events.values import mapping, text


def event(record: Mapping[str, Any]) -> Event:
    """Return the event of a finding. Raises ValueError for one that has no type or time.

    A finding is told anew when it happens again; its id and the time of the update name the event.
    """
    finding = camel_case(record)
    kind = text(finding.get("type"))
    if not kind:
        raise ValueError("a finding without a type")
    updated = text(finding.get("updatedAt"))
    time = milliseconds(updated or finding.get("createdAt"))
    who = _principal(finding)
    known = Known((), {"principal": who})
    return Event(
        log=Log.GUARDDUTY,
        id=f"{text(finding.get('id'))}@{updated}",
        time=time,
        principal=who,
        account=text(finding.get("accountId")),
        region=text(finding.get("region")),
        known=known,
        fields={**finding, "hexward": known},
    )


def says(event: Event) -> str:
    """Tell what happened in one sentence."""
    place = f" in {event.region}" if event.region else ""
    return f"GuardDuty told of {event.fields.get('type')} by {event.principal}{place}"


def _principal(finding: Mapping[str, Any]) -> str:
    """Return whom the finding is about: the user or role whose key it names, the actor of a sequence, or else the resource.

    Findings of one name are told as one's doing, so that one which names nothing has its own.
    """
    resource = mapping(finding.get("resource"))
    key = mapping(resource.get("accessKeyDetails"))
    account, user = text(finding.get("accountId")), text(key.get("userName"))
    partition = text(finding.get("partition")) or "aws"
    if user and text(key.get("userType")) in {"IAMUser", "AssumedRole"}:
        kind = "user" if key["userType"] == "IAMUser" else "role"
        return f"arn:{partition}:iam::{account}:{kind}/{user}"
    sequence = mapping(mapping(mapping(finding.get("service")).get("detection")).get("sequence"))
    for actor in _list(sequence.get("actors")):
        user = user or text(mapping(mapping(actor).get("user")).get("name"))
    return user or next(_resources(resource, sequence), "") or _unnamed(finding, resource)


NAMED_BY = (
    ("instanceDetails", "instanceId"),
    ("s3BucketDetails", "arn"),
    ("eksClusterDetails", "arn"),
    ("ecsClusterDetails", "arn"),
    ("rdsDbInstanceDetails", "dbInstanceArn"),
    ("rdsLimitlessDbDetails", "dbShardGroupArn"),
    ("lambdaDetails", "functionArn"),
    ("containerDetails", "id"),
    ("accessKeyDetails", "accessKeyId"),
)
"""Where a finding names its resource, https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Resource.html."""


def _resources(resource: Mapping[str, Any], sequence: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of what a finding is about, that of a sequence too; several buckets are told by the first."""
    for kind, name in NAMED_BY:
        details = resource.get(kind)
        for one in _list(details)[:1] or [details]:
            if found := text(mapping(one).get(name)):
                yield found
    for one in _list(sequence.get("resources")):
        if found := text(mapping(one).get("uid")) or text(mapping(one).get("name")):
            yield found


def _unnamed(finding: Mapping[str, Any], resource: Mapping[str, Any]) -> str:
    """Name a finding that names nobody by itself, so that two of them are not taken for one's doing."""
    return f"{text(resource.get('resourceType')) or 'unknown'} of finding {text(finding.get('id'))}".strip()


def is_sample(record: Mapping[str, Any]) -> bool:
    """Say whether a finding is one of the samples that GuardDuty makes on request.

    It says so in `service.additionalInfo`, beside other words or as JSON in a text:
    https://docs.aws.amazon.com/guardduty/latest/ug/sample_findings.html
    """
    service = record.get("service", record.get("Service"))
    own = mapping(service)
    more = camel_case(own.get("additionalInfo", own.get("AdditionalInfo")))
    if mapping(more).get("sample") is True:
        return True
    written = more if isinstance(more, str) else text(mapping(more).get("value"))
    try:
        return mapping(msgspec.json.decode(written)).get("sample") is True if written else False
    except (msgspec.DecodeError, ValueError, RecursionError):
        return False


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def camel_case(value: Any) -> Any:  # noqa: ANN401  (parsed JSON)
    """Return a structure whose every key begins with a small letter."""
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: camel_case(one) for key, one in value.items()}
    return [camel_case(one) for one in value] if isinstance(value, list) else value
