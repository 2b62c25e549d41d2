"""A document of many records: put together, taken apart where several follow each other, and where each record stands in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import msgspec

from hexward.events.shape import JOINT
from hexward.events.split import NOT_JSON
from hexward.events.unpack import Note

type Place = Callable[[], int]
"""Tells the offset of a record; it is worked out when it is asked for."""

DOCUMENT_BYTES = 256 << 20
"""Of one document that is no sequence of lines; CloudTrail's are at most 50 MB."""
MOST_JOINED = 100_000
"""Documents in one file."""


LISTS = frozenset({"Records", "Events", "Findings"})
"""The members of a document that hold records."""
HEAD, TAIL = b'{"Records":[', b"]}"
"""How CloudTrail's files begin and end."""
SEAM = b'},{"eventVersion":'
"""How their records follow each other."""
BATCH_BYTES = 1 << 16
"""A batch of not much more stays in a core's own cache, with what is read of it."""
ENDING_BYTES = 16
"""Behind the list there may be a line feed or two."""
MOST_BATCH = 1 << 20
"""Longer ones, where seams are missing, would be copied for nothing."""


class Key:
    """The name of a member. Each is itself alone, so that of two members of one name neither takes the other's place."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        """Take the name."""
        self.name = name


def key(_: type, name: str) -> Key:
    """Make a name of a text, as msgspec asks for it."""
    return Key(name)


MEMBERS = msgspec.json.Decoder(dict[Key, msgspec.Raw], dec_hook=key)
LIST = msgspec.json.Decoder(list[msgspec.Raw])


@dataclass(frozen=True, slots=True)
class At:
    """A place that is known."""

    offset: int

    def __call__(self) -> int:
        """Tell it."""
        return self.offset


@dataclass(frozen=True, slots=True)
class Within:
    """The place of a record of a list."""

    data: bytes
    base: int
    """How far into the file the list stands."""
    raws: list[msgspec.Raw]
    number: int

    def __call__(self) -> int:
        """Find it behind the records before."""
        end = 0
        for raw in self.raws[: self.number]:
            end = self.data.find(raw, end) + memoryview(raw).nbytes
        return self.base + self.data.find(self.raws[self.number], end)


def batches(data: bytes) -> list[tuple[int, int]]:
    """Return where batches of records begin and end in a file of CloudTrail's; an empty list for any other document.

    No cut is proved to lie between two records. But if each batch is the inside of a list of JSON, the document is JSON, and all do:
    the first that lay within a record or a text would leave something open.
    """
    end_of_file = data[-ENDING_BYTES:]
    last = len(data) - len(end_of_file) + len(end_of_file.rstrip(b" \t\r\n")) - len(TAIL)
    begin = len(HEAD)
    found: list[tuple[int, int]] = []
    while begin < last and data.startswith(HEAD) and data.startswith(TAIL, last):
        end = data.find(SEAM, begin + BATCH_BYTES, last) + 1 or last
        if end - begin > MOST_BATCH:
            return []
        found.append((begin, end))
        begin = end + 1
    return found


def batch(data: bytes, begin: int, end: int) -> bytes:
    """Return the list that a batch is the inside of."""
    return b"".join((b"[", memoryview(data)[begin:end], b"]"))


def listed(data: bytes) -> list[msgspec.Raw]:
    """Return the records of a document, which may be one itself. Raises what NOT_JSON names."""
    if data.lstrip()[:1] == b"[":
        return LIST.decode(data)
    members = MEMBERS.decode(data)
    found = [raw for member, raws in members.items() if member.name in LISTS for raw in LIST.decode(raws)]
    names = {member.name for member in members}
    is_empty = bool(names & LISTS) and names <= LISTS | {"NextToken"}
    return found if found or is_empty else [msgspec.Raw(data)]


def _is_list(data: bytes) -> bool:
    try:
        listed(data)
    except NOT_JSON:
        return False
    return True


def parts(data: bytes) -> list[tuple[int, int]]:
    """Return where each of the documents begins and ends that follow each other.

    From the first broken one to the last they are taken for one: where a broken one ends, nothing proves.
    """
    ends = [one.end() for one in islice(JOINT.finditer(data), MOST_JOINED)]
    found = list(pairwise((0, *ends, len(data))))
    broken = [number for number, (begin, end) in enumerate(found) if ends and not _is_list(data[begin:end])]
    if broken:
        first, last = broken[0], broken[-1]
        found[first : last + 1] = [(found[first][0], found[last][1])]
    return found


def joined(first: bytes, rest: Iterator[bytes], note: Note) -> bytes:
    """Put a document together, up to the size of any that AWS writes."""
    found, size = [first], len(first)
    for piece in rest:
        found.append(piece)
        size += len(piece)
        if size > DOCUMENT_BYTES:
            note(size, f"the document has more than {DOCUMENT_BYTES >> 20} MiB; the rest is not read")
            break
    return b"".join(found)
