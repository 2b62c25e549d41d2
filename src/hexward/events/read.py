"""Files → records: whatever shape a log comes in, its records are looked at briefly, and those that matter are read in full.

CloudTrail's files, arrays and lines of JSON, EventBridge's envelopes, answers of LookupEvents, GuardDuty's findings, Route 53
Resolver's queries, WAF's requests and Bedrock's invocations as JSON, VPC flow logs and S3 access logs as lines of text.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import msgspec

from hexward.events import s3_access, vpc_flow
from hexward.events.brief import Brief, Look
from hexward.events.log import DataSource, Log, data_source
from hexward.events.record import log_of
from hexward.events.split import MOST_BYTES, NOT_JSON, lines, paired, salvage
from hexward.events.unpack import Note, Problem, pieces

type Wanted = Callable[[Log, tuple[str | None, ...]], bool]
"""Says whether a record is to be read in full, given the values of its log's early fields."""

type Suffices = Callable[[Brief], bool]
"""Takes the brief of a record that is wanted, and says whether that was enough."""

type Found = tuple[Log, int, dict[str, Any]]
"""A log, the offset of a record, and the record."""
type Line = Callable[[str], tuple[Log, dict[str, Any] | None]]
"""Reads one line of a log that is no JSON; nothing where the line tells of nothing. Raises ValueError."""

DOCUMENT_BYTES = 256 << 20
"""Of one document that is no sequence of lines; CloudTrail's are at most 50 MB."""
KNOWN_MOST = 50_000
ENOUGH_BYTES = 1 << 16
"""From so much of a file its shape can be told."""
MOST_PROBLEMS = 100
"""How many places of one file are told; whoever wrote it may have broken each line of it."""

DOCUMENT = re.compile(rb'\s*(?:\[|\{\s*"(?:Records|Events|Findings)"\s*:)')
DIGEST = re.compile(rb'\s*\{\s*"awsAccountId"\s*:\s*"\d{12}"\s*,\s*"digestStartTime"')
"""CloudTrail's digest files lie beside its logs, and hold no events."""


class _Briefs(msgspec.Struct, gc=False):
    Records: list[Brief]


class _Raws(msgspec.Struct, gc=False):
    Records: list[msgspec.Raw] = []
    Events: list[msgspec.Raw] = []
    Findings: list[msgspec.Raw] = []


BRIEFS, RAWS = msgspec.json.Decoder(_Briefs), msgspec.json.Decoder(_Raws)
BRIEF, LOOK = msgspec.json.Decoder(Brief), msgspec.json.Decoder(Look)
LIST, ANY = msgspec.json.Decoder(list[msgspec.Raw]), msgspec.json.Decoder()


@dataclass(slots=True)
class Seen:
    """What a reader came across: how many records of each data source, and what it could not read."""

    sources: Counter[DataSource] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    others: int = 0
    """Files that hold no log, such as CloudTrail's digests."""


class _Kind:
    """What is remembered of one kind of CloudTrail events. Two are never the same, which makes them quick to count."""

    __slots__ = ("source", "wanted")

    def __init__(self, source: DataSource, *, wanted: bool) -> None:
        self.source = source
        self.wanted = wanted


class _Known(dict[tuple[str, str, str | None], _Kind]):
    """Remembers of each kind of CloudTrail events whether it is wanted, and its data source."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.wanted = wanted

    def __missing__(self, early: tuple[str, str, str | None]) -> _Kind:
        if len(self) >= KNOWN_MOST:
            self.clear()
        self[early] = _Kind(data_source(early[0], early[1]), wanted=self.wanted(Log.CLOUDTRAIL, early))
        return self[early]


class Reader:
    """Reads files one after the other, and remembers what it came across."""

    def __init__(self, wanted: Wanted, suffices: Suffices = lambda _: False) -> None:
        """Read in full only what is wanted, and of CloudTrail's records those whose brief does not suffice."""
        self.seen = Seen()
        self.wanted = wanted
        self.suffices = suffices
        self._known = _Known(wanted)

    def read(self, file: str, stream: BinaryIO) -> Iterator[Found]:
        """Yield the wanted records of a file: the log, the offset as far as it is known, else 0, and the record.

        Whatever cannot be read is in `seen.problems`, and the rest goes on.
        """
        told = 0

        def note(offset: int, says: str) -> None:
            nonlocal told
            told += 1
            if told == MOST_PROBLEMS:
                says += "; what else is wrong with the file is not told"
            if told <= MOST_PROBLEMS:
                self.seen.problems.append(Problem(file, offset, says))

        parts = pieces(stream, note)
        first = b""
        while len(first) < ENOUGH_BYTES and (piece := next(parts, b"")):
            first += piece
        if not first.strip():
            if not told:
                note(0, "the file is empty")
            return
        if DIGEST.match(first):
            self.seen.others += 1
        elif (line_of := _line_of(first)) is not None:
            yield from self._texts(first, parts, line_of, note)
        elif DOCUMENT.match(first) or not _has_lines(first):
            yield from self._document(_joined(first, parts, note), note)
        else:
            yield from self._lines(first, parts, note)

    def _document(self, data: bytes, note: Note) -> Iterator[Found]:
        try:
            briefs = BRIEFS.decode(data).Records
        except NOT_JSON:
            yield from self._mixed(paired(data), note)
            return
        known = self._known
        told = [known[brief.eventSource, brief.eventName, brief.errorCode] for brief in briefs]
        for kind, count in Counter(told).items():
            self.seen.sources[kind.source] += count
        suffices = self.suffices
        places = [place for place, kind in enumerate(told) if kind.wanted and not suffices(briefs[place])]
        if places:
            raws = RAWS.decode(data).Records
            for place in places:
                raw = raws[place]
                offset = data.find(raw) if memoryview(raw).nbytes > MOST_BYTES else 0
                record = self._full(raw, offset, note)
                if record is not None:
                    yield Log.CLOUDTRAIL, offset, record

    def _mixed(self, data: bytes, note: Note) -> Iterator[Found]:
        """Read a document that is no file of CloudTrail's, or a broken one."""
        try:
            if data.lstrip()[:1] == b"[":
                raws = LIST.decode(data)
            else:
                found = RAWS.decode(data)
                raws = found.Records or found.Events or found.Findings or [msgspec.Raw(data)]
        except NOT_JSON as error:
            note(0, f"the document is broken: {error}")
            opening = DOCUMENT.match(data)
            for place, raw in salvage(data, opening.end() if opening else 0, note):
                yield from self._record(raw, place, note)
            return
        offset = 0
        for raw in raws:
            offset = max(data.find(raw, offset), offset)
            yield from self._record(raw, offset, note)

    def _lines(self, first: bytes, parts: Iterator[bytes], note: Note) -> Iterator[Found]:
        for place, line in lines(first, parts, note):
            yield from self._record(line, place, note)

    def _texts(self, first: bytes, parts: Iterator[bytes], line_of: Line, note: Note) -> Iterator[Found]:
        """Read a log whose lines are no JSON."""
        for place, line in lines(first, parts, note):
            try:
                log, record = line_of(line.decode())
            except ValueError as error:
                note(place, f"the line cannot be read: {error}")
                continue
            self.seen.sources[DataSource(log.value)] += 1
            if record is not None and self.wanted(log, ()):
                yield log, place, record

    def _record(self, raw: bytes | msgspec.Raw, place: int, note: Note) -> Iterator[Found]:
        """Look at one record, and read it in full if it is wanted."""
        try:
            look = _looked(raw)
        except NOT_JSON:
            plain = bytes(raw)
            if (whole := paired(plain)) != plain:
                yield from self._record(whole, place, note)
                return
            record = self._full(raw, place, note)
            if record is not None:
                yield from self._other(record, place, note)
            return
        kind = self._known[look.eventSource, look.eventName, look.errorCode]
        self.seen.sources[kind.source] += 1
        if not kind.wanted or (isinstance(look, Brief) and self.suffices(look)):
            return
        record = self._full(raw, place, note)
        if record is not None:
            yield Log.CLOUDTRAIL, place, record

    def _full(self, raw: bytes | msgspec.Raw, place: int, note: Note) -> dict[str, Any] | None:
        if memoryview(raw).nbytes > MOST_BYTES:
            note(place, f"the record has more than {MOST_BYTES >> 20} MiB")
            return None
        try:
            record = ANY.decode(raw)
        except NOT_JSON as error:
            plain = bytes(raw)
            if (whole := paired(plain)) != plain:
                return self._full(whole, place, note)
            note(place, f"the record is not JSON: {error}")
            return None
        if not isinstance(record, dict):
            note(place, "the record is no object")
            return None
        return record

    def _other(self, record: dict[str, Any], place: int, note: Note) -> Iterator[Found]:
        """Read a record that is no plain one of CloudTrail's: an envelope, an answer of LookupEvents, a finding."""
        detail, text = record.get("detail"), record.get("CloudTrailEvent")
        if isinstance(detail, dict) and "detail-type" in record:
            yield from self._record(msgspec.json.encode(detail), place, note)
        elif isinstance(text, str):
            yield from self._record(text.encode(), place, note)
        elif (log := log_of(record)) is not None:
            kind = record.get("type", record.get("Type"))
            early = (kind if isinstance(kind, str) else None,) if log is Log.GUARDDUTY else ()
            self.seen.sources[DataSource(log.value)] += 1
            if self.wanted(log, early):
                yield log, place, record
        elif "digestStartTime" in record:
            self.seen.others += 1
        else:
            note(place, "the record is of no log that is read")


def _looked(raw: bytes | msgspec.Raw) -> Look:
    """Look at a record of CloudTrail: at its brief, or, where someone wrote other things into that, at what rules are chosen by."""
    try:
        return BRIEF.decode(raw)
    except NOT_JSON:
        return LOOK.decode(raw)


def _line_of(first: bytes) -> Line | None:
    """Return what reads the lines of a log that is no JSON; None for one that is."""
    fields = vpc_flow.fields_of(first)
    if fields is not None:
        return lambda line: (Log.VPC_FLOW, vpc_flow.record(line, fields))
    return (lambda line: (Log.S3_ACCESS, s3_access.record(line))) if s3_access.LINE.match(first) else None


def _has_lines(first: bytes) -> bool:
    """Say whether each line is a record of its own: the first one that holds something is whole, and another follows."""
    line, _, more = first.lstrip().partition(b"\n")
    if not more.strip():
        return False
    try:
        ANY.decode(line)
    except NOT_JSON:
        # The first line may be the broken one.
        return not line.rstrip().endswith((b"{", b"[", b",")) and more.lstrip()[:1] == b"{"
    return True


def _joined(first: bytes, parts: Iterator[bytes], note: Note) -> bytes:
    """Put a document together, up to the size of any that AWS writes."""
    found, size = [first], len(first)
    for piece in parts:
        found.append(piece)
        size += len(piece)
        if size > DOCUMENT_BYTES:
            note(size, f"the document has more than {DOCUMENT_BYTES >> 20} MiB; the rest is not read")
            break
    return b"".join(found)
