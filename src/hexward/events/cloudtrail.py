"""CloudTrail records → events: who acted on whose behalf, and what they asked for.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from hexward.events.copies import bucket_accounts, copied
from hexward.events.event import Acted, Event, Known, Words, milliseconds
from hexward.events.images import other_registries
from hexward.events.log import Log
from hexward.events.network import network
from hexward.events.policies import grants_all, open_providers
from hexward.events.request import Named, named, ports_open_to_everyone
from hexward.events.selectors import selected_events
from hexward.events.target import target, things
from hexward.events.values import mapping, remembered, text
from hexward.events.who import identity, who

LONG_TERM = "AKIA"
"""How the ids of access keys begin that never expire.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""


def event(record: Mapping[str, Any]) -> Event:
    """Return the event of a record. Raises ValueError for one that names no time."""
    moment = record.get("eventTime") or record.get("@timestamp")
    if moment is None:
        raise ValueError("it has no eventTime")
    time = milliseconds(moment)
    own = who(record).principal
    known = Known(((WORDS, record),), {"principal": own})
    identified = text(record.get("eventID")) or _digest(record)
    # A new mapping and not the record itself, which the words refer to: a circle would stay in memory until it is looked for.
    fields = {**record, "hexward": known}
    return Event(Log.CLOUDTRAIL, identified, time, own, account(record), text(record.get("awsRegion")), known, fields)


def _digest(record: Mapping[str, Any]) -> str:
    """Name a record without an id by its content, so that a second copy of it has the same name."""
    return hashlib.sha256(msgspec.json.encode(record, order="deterministic")).hexdigest()[:32]


def says(event: Event) -> str:
    """Tell what happened in one sentence."""
    before, behind = saying(event)
    return f"{before} from {text(event.fields.get('sourceIPAddress'))}{behind}"


def says_on_what(event: Event) -> tuple[str, tuple[str, ...]]:
    """Tell what happened in one sentence, and to which things."""
    before, behind = saying(event)
    on, named = on_what(event)
    return f"{before}{on} from {text(event.fields.get('sourceIPAddress'))}{behind}", named


def on_what(event: Acted) -> tuple[str, tuple[str, ...]]:
    """Tell what a call was about, as in ` on org-trail`, and the things that it names."""
    asked = _asked(cast("Mapping[str, Any]", event.fields))
    named = things(event.fields.get("requestParameters"))
    found = target(named, sorted(asked.other_accounts), everyone=asked.everyone)
    return f"{' on' * (not found.startswith('('))} {found}" if found else "", named


def saying(event: Acted) -> tuple[str, str]:
    """Return what is said of an event before what it was about and the address that it came from, and behind."""
    record = event.fields
    service = text(record.get("eventSource")).partition(".")[0]
    refused = f" ({error})" if (error := text(record.get("errorCode"))) else ""
    place = f" in {event.region}" if event.region else ""
    return f"{event.principal} called {service}:{text(record.get('eventName'))}{refused}", place


def account(record: Mapping[str, Any]) -> str:
    """Return the account that the call was made in."""
    return text(record.get("recipientAccountId")) or text(identity(record).get("accountId"))


def source(record: Mapping[str, Any]) -> str:
    """Tell where the call came from: a service of AWS, a VPC endpoint, a private address or the internet."""
    found = side(text(record.get("sourceIPAddress")))
    return "endpoint" if found != "aws" and text(record.get("vpcEndpointId")) else found


@remembered
def side(address: str) -> str:
    """Tell a service of AWS from a private address and the internet."""
    if address.endswith(".amazonaws.com") or address.startswith("AWS Internal"):
        return "aws"
    return "private" if re.match(r"10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.", address) else "internet"


MODEL = re.compile(r":bedrock:[^\s/:]*:[^\s/:]*:[^\s/:]*/([^\s/\"',]+)")
"""A model, or what stands for one, in the ARN that a refusal names, behind region, account and kind."""


def model(record: Mapping[str, Any]) -> str | None:
    """Return the model that a call of Bedrock names, without what an ARN has before it; of a refused one its message may tell alone."""
    asked = text(_request(record).get("modelId")) or text(_request(record).get("model"))
    if asked:
        return asked.rpartition("/")[2]
    refused = MODEL.search(text(record.get("errorMessage")))
    return refused[1].rstrip(".") if refused is not None else None


def _asked(record: Mapping[str, Any]) -> Named:
    """Tell whom the request lets in; one that only reads lets nobody in."""
    return named(record.get("requestParameters"), account(record)) if record.get("readOnly") is not True else Named()


def _request(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping(record.get("requestParameters"))


def bucket_account(record: Mapping[str, Any]) -> str | None:
    """Return the account that owns the bucket which a call of S3 names, where that is not the caller's or CloudTrail's reader's."""
    owners = bucket_accounts(record.get("resources"), _request(record).get("bucketName"))
    others = owners - {account(record), text(identity(record).get("accountId"))}
    return min(others) if others else None


WORDS: Words = {
    "principal_kind": lambda record: who(record).kind,
    "platform": lambda record: who(record).platform,
    "source": source,
    "network": lambda record: network(text(record.get("sourceIPAddress"))),
    "long_term_key": lambda record: text(identity(record).get("accessKeyId")).startswith(LONG_TERM),
    "other_accounts": lambda record: sorted(_asked(record).other_accounts),
    "everyone": lambda record: _asked(record).everyone,
    "other_registries": lambda record: sorted(other_registries(record.get("requestParameters"), account(record))),
    "model": model,
    "grants_all": lambda record: grants_all(_request(record).get("policyDocument")),
    "open_providers": lambda record: sorted(
        open_providers(_request(record).get("policyDocument") or _request(record).get("assumeRolePolicyDocument"))
    ),
    "ports_open_to_everyone": lambda record: ports_open_to_everyone(record.get("requestParameters")),
    "selected_events": lambda record: sorted(selected_events(record.get("requestParameters"))),
    "copied_key": lambda record: copied(record.get("requestParameters"))[1] or None,
    "bucket_account": bucket_account,
}
"""Hexward's words of an event that follow from it alone."""
