"""S3 server access logs → events: who read or wrote which object, as far as S3 tells.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hexward.events.event import Event, Known
from hexward.events.log import Log

FIELDS = (
    *(
        "bucket_owner",
        "bucket",
        "time",
        "remote_ip",
        "requester",
        "request_id",
        "operation",
        "key",
        "request_uri",
        "http_status",
    ),
    *(
        "error_code",
        "bytes_sent",
        "object_size",
        "total_time",
        "turn_around_time",
        "referer",
        "user_agent",
        "version_id",
    ),
    *(
        "host_id",
        "signature_version",
        "cipher_suite",
        "authentication_type",
        "host_header",
        "tls_version",
        "access_point_arn",
    ),
    *("acl_required", "source_region"),
)
"""In the order in which S3 writes them; it may add others behind, and older lines have fewer."""
NUMBERS = frozenset({"http_status", "bytes_sent", "object_size", "total_time", "turn_around_time"})
FEWEST = 17
PART = re.compile(r'\[([^\[\]]*)\]|"((?:[^"\\]|\\.)*)"|(\S+)')
LINE = re.compile(rb"\s*[0-9a-f]{64} \S+ \[\d{2}/[A-Z][a-z]{2}/\d{4}:")


def record(line: str) -> dict[str, Any]:
    """Return the record of a line, `-` as null. Raises ValueError for a line that is none."""
    values = ["".join(filter(None, groups)) for groups in PART.findall(line)]
    if len(values) < FEWEST:
        raise ValueError(f"the line has {len(values)} fields, and not {FEWEST} or more")
    found: dict[str, Any] = {}
    for name, value in zip(FIELDS, values, strict=False):
        plain = None if value == "-" else value
        found[name] = int(plain) if plain is not None and name in NUMBERS and plain.isdecimal() else plain
    return found


def event(found: Mapping[str, Any]) -> Event:
    """Return the event of a record. Raises ValueError for one that has no time. The log does not name the account."""
    time = datetime.strptime(str(found.get("time")), "%d/%b/%Y:%H:%M:%S %z")
    who = str(found.get("requester") or "anonymous")
    known = Known((), {"principal": who})
    return Event(
        log=Log.S3_ACCESS,
        id=str(found.get("request_id") or ""),
        time=int(time.timestamp() * 1000),
        principal=who,
        account="",
        region=str(found.get("source_region") or ""),
        known=known,
        fields={**found, "hexward": known},
    )


def says(event: Event) -> str:
    """Tell what happened in one sentence."""
    one = event.fields
    return f"{event.principal} did {one.get('operation')} on {one.get('bucket')}/{one.get('key')} from {one.get('remote_ip')}"
