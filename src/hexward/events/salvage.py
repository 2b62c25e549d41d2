"""A broken JSON document → its records that are whole, and a note for whatever else stands there.

What callers write stands within records, and may look like records itself. So a place is taken for the begin of a record only where the
document proves it: counted from its begin up to the first damage, or from its end down to the last one. What lies between is told.

Of one damage, whatever it is, no part of a record comes out as an event; a part that was lost and an end that is missing as well may
together make the members of a list within a record look like records.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from hexward.events.split import MOST_BYTES, NOT_JSON
from hexward.events.unpack import Note

AHEAD = re.compile(rb'(?:[^"{}\[\]\\]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+([{}\[\]\\"]|\Z)', re.DOTALL)
"""Up to the next bracket that stands in no text, or what must not stand there: a text without an end, a backslash; or the end of all."""
BACK = re.compile(
    rb'(?:[^"{}\[\]\\]++|"[^"]*+(?:"\\(?:\\\\)*+(?!\\)[^"]*+)*+"(?!\\))*+([{}\[\]\\"]|\Z)',
    re.DOTALL,
)
"""The same for what is read backwards, where an escaped quote has its odd number of backslashes behind it."""
AHEAD_PAIRS = {b"{": b"}", b"[": b"]"}
BACK_PAIRS = {b"}": b"{", b"]": b"["}

TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"(\s*+(?:[:,\]}]|\Z))?|(\\?\Z))', re.DOTALL)
"""A text, and the sign behind it: where there is none, a quote is missing, and what seems text is not."""
BLANK = re.compile(rb"\s*+")
BEHIND = re.compile(rb"\s*+(?:,\s*+(?!\")|(\])|\Z)")
"""What stands behind a record of a list: a comma, the list's end, or the end of all; behind a structure of a record, other members."""
ALONE = re.compile(rb"\s*+(?=\{|\Z)")
"""What stands behind a record where they follow each other without a list."""
END = re.compile(rb'\s*+\](?:\s*+,\s*+"NextToken"\s*+:\s*+(?:"[^"\\]*+"|null))?\s*+\}?\s*+\Z')
END_BYTES = 1 << 14
CONTINUES = re.compile(rb'\s*+(?:,\s*+["\[]|[}\]]\s*+[,}\]])')
"""How an object goes on behind a list within it."""
INNER = re.compile(rb'\s*+(?:\[|,\s*+(?:\]|(?:"[^"]*+(?:"\\(?:\\\\)*+(?!\\)[^"]*+)*+"|[\w.+-]++)\s*+[,\[]))')
"""What stands, read backwards, before an object that is in another list than that of the records: its begin, or another member."""
COMMA = re.compile(rb"\s*+,")
BEFORE = re.compile(rb"\s*+(?:,\s*+)?(?=\})")
KEY = re.compile(rb'\{\s*+"(\w++)"')
KEYS = frozenset({b"eventVersion", b"EventId"})
"""With what CloudTrail's records begin, and those of LookupEvents; of another list all begin as its first one."""

DEEPEST = 1000
"""No decoder goes deeper."""

BROKEN, CUT_OFF = "the document is broken", "the record does not end"
BROKEN_AND_CUT = "the document is broken and ends too early"

type Span = tuple[int, int, bool]
"""Where a record begins and ends, and whether it can be read."""


def salvage(data: bytes, start: int, note: Note, *, listed: bool) -> Iterator[tuple[int, bytes]]:
    """Yield each whole record from `start` on, which is behind the bracket of a list, or where the first record stands."""
    blank = BLANK.match(data, start)
    place = blank.end() if blank is not None else start
    spans, stop, says = _forward(data, place, BEHIND if listed else ALONE)
    yield from _told(data, spans, note)
    if not says:
        return
    first = KEY.match(data, place)
    keys = KEYS | {first[1]} if first is not None else KEYS
    # Where the document only ends too early, what may look like its end is that of a list within a record.
    later = _backward(data, stop, keys) if listed and says == BROKEN else []
    until = later[0][0] if later else len(data)
    note(stop, f"{says}; {until - stop} bytes from here are not read")
    yield from _told(data, later, note)


def _told(data: bytes, spans: Iterable[Span], note: Note) -> Iterator[tuple[int, bytes]]:
    for begin, end, whole in spans:
        if whole:
            yield begin, data[begin:end]
        else:
            too_long = end - begin > MOST_BYTES
            note(begin, f"the record has more than {MOST_BYTES >> 20} MiB" if too_long else "the record is not JSON")


def _forward(data: bytes, place: int, behind: re.Pattern[bytes]) -> tuple[list[Span], int, str]:
    """Return the records up to the first damage, where that is, and what to say of it; nothing where all is told by the records.

    A record that is not JSON though its brackets and quotes are in order does not end this. But what follows it counts only where the
    rest is in order too: what was lost may have joined the halves of two records, and then parts of the second seem to be records.
    """
    spans: list[Span] = []
    firm: int | None = None
    says = BROKEN
    while data[place : place + 1] == b"{":
        end = _end(data, place, AHEAD, AHEAD_PAIRS)
        follows = behind.match(data, end) if end > 0 else None
        if follows is None:
            says = CUT_OFF if end == CUT and not _astray(data, place, len(data)) else BROKEN
            break
        whole = end - place <= MOST_BYTES and is_json(data[place:end])
        if not whole and _astray(data, place, end):
            break
        spans.append((place, end, whole))
        firm = len(spans) if firm is None and not whole else firm
        place = follows.end()
        if follows.lastindex is not None:
            if _closes(data, place):
                return spans, place, ""
            # If an object goes on, it was the end of a list within a record, and any of these may be a member of that.
            firm = 0 if firm is None and CONTINUES.match(data, place) else firm
            break
        if place == len(data):
            says = "" if firm is None or behind is ALONE else CUT_OFF
    if not spans and data[place : place + 1] == b"]" and _closes(data, place + 1):
        return [], place, ""
    if firm is None or firm == len(spans) or not says:
        return spans, place, says if place < len(data) else ""
    return spans[:firm], spans[firm][0], says if says == BROKEN else BROKEN_AND_CUT


def _closes(data: bytes, place: int) -> bool:
    """Say whether a document ends as it should behind the end of its list."""
    end = place if data[:END_BYTES].lstrip()[:1] == b"[" else _end(data, place, AHEAD, AHEAD_PAIRS, b"}")
    return end >= 0 and not data[end : end + END_BYTES].strip()


def _backward(data: bytes, start: int, keys: frozenset[bytes]) -> list[Span]:
    """Return the records from the last damage on; none where the document's own end is not there."""
    last = _last_bracket(data, start)
    if last < 0:
        return []
    back = data[start:last][::-1]
    spans: list[Span] = []
    place = 0
    while (before := BEFORE.match(back, place)) is not None and (b"," in before[0]) == bool(spans):
        stop = _end(back, before.end(), BACK, BACK_PAIRS)
        if stop < 0:
            break
        begin, end = last - stop, last - before.end()
        key = KEY.match(data, begin)
        whole = end - begin <= MOST_BYTES and is_json(data[begin:end])
        if key is None or key[1] not in keys or (not whole and _astray(data, begin, end)):
            break
        spans.append((begin, end, whole))
        place = stop
    if INNER.match(back, place):
        # This is not the document's own list, which begins before, but one within a record.
        return []
    if spans and not COMMA.match(back, last - spans[-1][0]):
        # Without a comma before it the damage may have made its begin.
        spans.pop()
    return spans[::-1]


def _last_bracket(data: bytes, start: int) -> int:
    """Return where the bracket stands with which a document's list ends, or -1."""
    tail = max(start, len(data) - END_BYTES)
    places = (tail + one.start() for one in re.finditer(rb"\]", data[tail:]))
    return next((place for place in places if END.match(data, place)), -1)


CUT, MISMATCHED = -1, -2


def _end(data: bytes, place: int, mark: re.Pattern[bytes], pairs: Mapping[bytes, bytes], within: bytes = b"") -> int:
    """Return where an object ends that begins at a place, or whose closing bracket is `within`.

    CUT where all ends before that, MISMATCHED where a bracket does not fit.
    """
    waiting = [within] if within else []
    while len(waiting) < DEEPEST:
        found = mark.match(data, place)
        if found is None:
            break
        sign, place = found[1], found.end()
        if sign in pairs:
            waiting.append(pairs[sign])
        elif sign in {b"", b'"'}:
            return CUT
        elif waiting.pop() != sign:
            break
        elif not waiting:
            return place
    return MISMATCHED


def _astray(data: bytes, place: int, end: int) -> bool:
    """Say whether a text stands there that has no sign of JSON behind it: then a quote is missing, or there is one too many."""
    return any(found.lastindex is None for found in TEXT.finditer(data, place, end))


def is_json(data: bytes) -> bool:
    """Say whether these bytes are JSON."""
    try:
        msgspec.json.decode(data)
    except NOT_JSON:
        return False
    return True
