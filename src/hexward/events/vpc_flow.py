"""VPC flow logs → events: who talked to whom, how much, and whether it was let through.

https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
"""

import re
from collections.abc import Mapping
from typing import Any

from hexward.events.event import Event, Known
from hexward.events.log import Log

DEFAULT = (
    *(
        "version",
        "account-id",
        "interface-id",
        "srcaddr",
        "dstaddr",
        "srcport",
        "dstport",
        "protocol",
        "packets",
        "bytes",
    ),
    *("start", "end", "action", "log-status"),
)
"""The fields of a log whose first line does not name them."""
HEADER = re.compile(rb"\s*(?:[a-z][a-z0-9-]*[ \t]+)+(?:[a-z][a-z0-9-]*)\r?\n")
PLAIN = re.compile(rb"\s*2 \d{12} eni-[0-9a-f]+ ")


def fields_of(first: bytes) -> tuple[str, ...] | None:
    """Return the fields that a log's lines hold, in order; None if it is no flow log."""
    if PLAIN.match(first):
        return DEFAULT
    header = HEADER.match(first)
    names = tuple(header[0].decode().split()) if header is not None else ()
    return names if {"srcaddr", "dstaddr", "start"} <= set(names) else None


def record(line: str, fields: tuple[str, ...]) -> dict[str, Any] | None:
    """Return the record of a line, numbers as numbers; None for the header, and where nothing was seen. Raises ValueError."""
    values = line.split()
    if tuple(values) == fields:
        return None
    if len(values) != len(fields):
        raise ValueError(f"the line has {len(values)} fields, not {len(fields)}")
    found = {name: _value(name, value) for name, value in zip(fields, values, strict=True)}
    return found if found.get("log-status", "OK") == "OK" else None


def _value(name: str, value: str) -> str | int | None:
    if value == "-":
        # That an address is no service's of AWS is told so, too; a log without the field says nothing of it.
        return value if name.endswith("-aws-service") else None
    # An account's id is a name, and may begin with 0.
    return int(value) if value.isdecimal() and len(value) < 19 and not name.endswith("-id") else value  # noqa: PLR2004


def event(found: Mapping[str, Any]) -> Event:
    """Return the event of a record. Raises ValueError for one that has no time."""
    start = found.get("start")
    if not isinstance(start, int):
        raise ValueError(f"{start!r} is no time")
    who = str(found.get("instance-id") or found.get("interface-id") or "unknown")
    known = Known((), {"principal": who})
    keys = ("interface-id", "start", "srcaddr", "srcport", "dstaddr", "dstport", "protocol", "action")
    return Event(
        log=Log.VPC_FLOW,
        id=":".join(str(found.get(key, "")) for key in keys),
        time=start * 1000,
        principal=who,
        account=str(found.get("account-id") or ""),
        region=str(found.get("region") or ""),
        known=known,
        fields={**found, "hexward": known},
    )


def says(event: Event) -> str:
    """Tell what happened in one sentence."""
    one = event.fields
    verb = "was refused a way" if one.get("action") == "REJECT" else f"sent {one.get('bytes')} bytes"
    return f"{one.get('srcaddr')} {verb} to {one.get('dstaddr')} port {one.get('dstport')} at {event.principal}"
