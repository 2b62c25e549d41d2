"""Lines, or a broken JSON document → the records that are whole, each with its offset, and a note for every place that is not."""

import re
from collections.abc import Iterator

import msgspec

from hexward.events.unpack import Note

MOST_BYTES = 16 << 20
"""Of one record; CloudTrail's are at most 1 MB, and what is longer was not written by AWS."""

NOT_JSON = (msgspec.DecodeError, ValueError, RecursionError)
"""What msgspec raises; ValueError for what is not UTF-8."""
MOST_BROKEN = 100
"""How many broken records of one document are passed over; each may cost a look at all that follows."""

MARK = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}]', re.DOTALL)
"""A whole text, within which braces mean nothing, or a brace."""
BRACKET = re.compile(rb"[{\]]")
BEGIN = re.compile(
    rb'\{\s*"(?:event(?:Version|Time|ID|Source|Name)|awsRegion|userIdentity|schemaVersion|SchemaVersion)"'
)
"""How a record begins, for going on behind a broken one."""


def salvage(data: bytes, start: int, note: Note) -> Iterator[tuple[int, bytes]]:
    """Yield each whole record from `start` on, where the first one begins or what stands between them."""
    place, broken = start, 0
    while broken < MOST_BROKEN:
        place = _next(data, place)
        if place < 0:
            return
        end = _end(data, place)
        if end < 0:
            note(place, "the record does not end")
        elif end - place > MOST_BYTES:
            note(place, f"the record has more than {MOST_BYTES >> 20} MiB")
        elif not _is_json(data[place:end]):
            note(place, "the record is not JSON")
        else:
            yield place, data[place:end]
            place = end
            continue
        broken += 1
        found = BEGIN.search(data, place + 1)
        if found is None:
            return
        place = found.start()


def _next(data: bytes, place: int) -> int:
    """Return where the next record begins, or -1 behind the last."""
    found = BRACKET.search(data, place)
    return found.start() if found is not None and found[0] == b"{" else -1


def _end(data: bytes, place: int) -> int:
    """Return where the object that begins at a place ends, or -1."""
    depth = 0
    for mark in MARK.finditer(data, place):
        sign = mark[0]
        if sign == b"{":
            depth += 1
        elif sign == b"}":
            depth -= 1
            if depth == 0:
                return mark.end()
    return -1


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data)
    except NOT_JSON:
        return False
    return True


def lines(first: bytes, parts: Iterator[bytes], note: Note) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold something, each with its offset; one that is too long is passed over."""
    rest, place = first, 0
    skipping = False
    while rest:
        piece = next(parts, b"")
        *whole, rest = (rest + piece).split(b"\n") if piece else (*rest.split(b"\n"), b"")
        for line in whole:
            if not skipping and line.strip():
                yield place, line
            skipping = False
            place += len(line) + 1
        if len(rest) > MOST_BYTES:
            if not skipping:
                note(place, f"the record has more than {MOST_BYTES >> 20} MiB")
            place += len(rest)
            skipping, rest = True, next(parts, b"")
