"""What shape a file has, told by how it begins: a document, lines of JSON, lines of text, or nothing that is read."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from hexward.events import s3_access, vpc_flow
from hexward.events.log import Log
from hexward.events.split import NOT_JSON
from hexward.events.unpack import GZIP

type Line = Callable[[str], tuple[Log, dict[str, Any] | None]]
"""Reads one line of a log that is no JSON; nothing where the line tells of nothing. Raises ValueError."""

DOCUMENT = re.compile(rb'\s*(?:\[|\{\s*"(?:Records|Events|Findings)"\s*:\s*\[)')
"""How a list of records begins."""
JOINT = re.compile(rb'(?:\]\s*+\}\s*+(?=\{\s*+"(?:Records|Events|Findings)"\s*+:\s*+\[)|\]\s*+(?=\[\s*+\{\s*+"))')
"""Where one such document ends and another begins, as when files were put together."""
MIDDLE = re.compile(rb'\},\s*+\{\s*+"(?:eventVersion|EventId)"')
"""How records follow each other where the begin of a document was lost."""
DIGEST = re.compile(rb'\s*\{\s*"awsAccountId"\s*:\s*"\d{12}"\s*,\s*"digestStartTime"')
"""CloudTrail's digest files lie beside its logs, and hold no events."""
BEGINS = re.compile(rb"^[ \t]*+[{\[]", re.MULTILINE)

MAGIC = {
    b"PK\x03\x04": "a ZIP archive",
    b"\x28\xb5\x2f\xfd": "packed by Zstandard",
    b"BZh": "packed by bzip2",
    b"\xfd7zXZ": "packed by xz",
    b"PAR1": "a Parquet file",
    GZIP: "packed twice",
}
"""How other files begin that lie beside logs."""
PLAIN = msgspec.json.Decoder()


def line_of(first: bytes) -> Line | None:
    """Return what reads the lines of a log that is no JSON; None for one that is."""
    fields = vpc_flow.fields_of(first)
    if fields is not None:
        return lambda line: (Log.VPC_FLOW, vpc_flow.record(line, fields))
    return (lambda line: (Log.S3_ACCESS, s3_access.record(line))) if s3_access.LINE.match(first) else None


def foreign(first: bytes) -> str:
    """Say why a file cannot hold a log, an empty text where it may."""
    told = next((says for magic, says in MAGIC.items() if first.startswith(magic)), None)
    if told is not None:
        return f"the file is {told}, which is not read"
    return "" if BEGINS.search(first) or MIDDLE.search(first) else "the file is of no log that is read"


def has_lines(first: bytes) -> bool:
    """Say whether each line is a record of its own: the first one that holds something is whole, and another follows."""
    line, _, more = first.lstrip().partition(b"\n")
    if not more.strip():
        return False
    try:
        PLAIN.decode(line)
    except NOT_JSON:
        # The first line may be the broken one.
        return not line.rstrip().endswith((b"{", b"[", b",")) and more.lstrip()[:1] == b"{"
    return True
