"""Lines, or a broken JSON document → the records that are whole, each with its offset, and a note for every place that is not."""

import re
from collections.abc import Iterator

import msgspec

from hexward.events.unpack import Note

MOST_BYTES = 16 << 20
"""Of one record; CloudTrail's are at most 1 MB, and what is longer was not written by AWS."""

NOT_JSON = (msgspec.DecodeError, ValueError, RecursionError)
"""What msgspec raises; ValueError for what is not UTF-8."""
MOST_BROKEN = 50
"""How many records of one document may lack an end or a quote; each may cost a look at all that follows."""

MARK = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[{}]', re.DOTALL)
"""A text, within which braces mean nothing, or a brace. A text without an end is one too: else each quote within it were tried."""
BRACKET = re.compile(rb"[{\]]")
TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"(\s*(?:[:,\]}]|\Z))?|(\\?\Z))', re.DOTALL)
"""A text, and the sign behind it: where there is none, a quote is missing, and what seems text is not."""
BEGIN = re.compile(
    rb'(?:[,}]\s*+|\n[ \t]*+)(\{\s*+"(?:event(?:Version|Time|ID|Source|Name)|awsRegion|userIdentity|schemaVersion|SchemaVersion)")'
)
"""How a record begins behind another, for going on behind a broken one; what is the value of a key is not meant."""

SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)
"""A pair of surrogates, one that stands alone, or any other escape."""


def paired(data: bytes) -> bytes:
    """Return JSON in which U+FFFD stands for each lone surrogate, which no decoder takes and anybody may name a thing by."""
    if SURROGATE.search(data) is None:
        return data
    return ESCAPE.sub(lambda found: rb"\ufffd" if found[1] else found[0], data)


def salvage(data: bytes, start: int, note: Note) -> Iterator[tuple[int, bytes]]:
    """Yield each whole record from `start` on, where the first one begins or what stands between them."""
    place, broken = start, 0
    while (place := _next(data, place)) >= 0:
        end = _end(data, place)
        if end >= 0 and end - place <= MOST_BYTES and _is_json(data[place:end]):
            yield place, data[place:end]
            place = end
            continue
        astray = _astray(data, place, end if end >= 0 else len(data))
        if end < 0 and astray < 0:
            note(place, "the record does not end")
        elif end - place > MOST_BYTES:
            note(place, f"the record has more than {MOST_BYTES >> 20} MiB")
        else:
            note(place, "the record is not JSON")
        if end >= 0 and astray < 0:
            # What stands within is a part of the record, and whoever made the call may have written it.
            place = end
            continue
        broken += 1
        found = BEGIN.search(data, max(place, astray) + 1)
        if found is None:
            return
        place = found.start(1)
        if broken >= MOST_BROKEN:
            note(place, f"{MOST_BROKEN} records before are broken; the rest is not read")
            return


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


def _astray(data: bytes, place: int, end: int) -> int:
    """Return where the first text stands that has no sign of JSON behind it, or -1."""
    return next((found.start() for found in TEXT.finditer(data, place, end) if found.lastindex is None), -1)


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
