"""Files → records: whatever shape a log comes in, its records are looked at briefly, and those that matter are read in full.

CloudTrail's files, arrays and lines of JSON, EventBridge's envelopes, answers of LookupEvents, GuardDuty's findings, Route 53
Resolver's queries, WAF's requests and Bedrock's invocations as JSON, VPC flow logs and S3 access logs as lines of text.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

import msgspec

from hexward.events.brief import Brief, looked
from hexward.events.document import At, Key, Place, Within, batch, batches, joined, key, listed, parts
from hexward.events.guardduty import is_sample
from hexward.events.judged import Judge, Judged, in_full
from hexward.events.kind import Kinds, Wanted
from hexward.events.log import DataSource, Log
from hexward.events.record import is_no_log, log_of
from hexward.events.salvage import salvage
from hexward.events.shape import DIGEST, DOCUMENT, Line, foreign, has_lines, line_of
from hexward.events.split import MOST_BYTES, NOT_JSON, lines, paired, with_any_number
from hexward.events.unpack import Note, Problem, decoded, pieces
from hexward.events.vpc_flow import fields_of

type Found = tuple[Log, Place, dict[str, Any]]
"""A log, where a record stands, and the record."""

OUT_OF_RANGE = "out of range"
"""What msgspec says of a number that is too large for it."""
ENOUGH_BYTES = 1 << 16
"""From so much of a file its shape can be told."""
MOST_PROBLEMS = 100
"""How many places of one file are told; whoever wrote it may have broken each line of it."""


BRIEFS = msgspec.json.Decoder(dict[Key, list[Brief]], dec_hook=key)
BATCH = msgspec.json.Decoder(list[Brief])
ANY = msgspec.json.Decoder()


@dataclass(slots=True)
class Seen:
    """What a reader came across: how many records of each data source, and what it could not read."""

    sources: Counter[DataSource] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    others: int = 0
    """Files and records that lie beside logs and hold no events, such as CloudTrail's digests and insights."""
    samples: int = 0
    """Findings that GuardDuty made up to be looked at."""
    flow_fields: set[str] = field(default_factory=set)
    """What VPC flow logs tell: each has the fields that whoever made it chose."""


class Reader:
    """Reads files one after the other, and remembers what it came across."""

    def __init__(self, wanted: Wanted, judge: Judge = in_full) -> None:
        """Read in full only what is wanted, and of CloudTrail's records what whoever judges their briefs wants."""
        self.seen = Seen()
        self.wanted = wanted
        self.judge = judge
        self._known = Kinds(wanted)
        self._strange: list[int] = []

    def read(self, file: str, stream: BinaryIO) -> Iterator[Found]:
        """Yield the wanted records of a file: the log, what tells the offset, and the record.

        Whatever cannot be read is in `seen.problems`, and the rest goes on.
        """
        told = 0
        self._strange = []

        def note(offset: int, says: str) -> None:
            nonlocal told
            told += 1
            if told == MOST_PROBLEMS:
                says += "; what else is wrong with the file is not told"
            if told <= MOST_PROBLEMS:
                self.seen.problems.append(Problem(file, offset, says))

        rest = decoded(pieces(stream, note), note)
        first = b""
        while len(first) < ENOUGH_BYTES and (piece := next(rest, b"")):
            first += piece
        if first.strip():
            yield from self._shaped(first, rest, note)
        elif not told:
            note(0, "the file is empty")
        if self._strange:
            more = f"; nor are {len(self._strange) - 1} behind it" if len(self._strange) > 1 else ""
            note(self._strange[0], f"the record is of no log that is read{more}")

    def _shaped(self, first: bytes, rest: Iterator[bytes], note: Note) -> Iterator[Found]:
        if DIGEST.match(first):
            self.seen.others += 1
        elif (line := line_of(first)) is not None:
            yield from self._texts(first, rest, line, note)
        elif says := foreign(first):
            note(0, says)
        elif DOCUMENT.match(first) or not has_lines(first):
            yield from self._document(joined(first, rest, note), note)
        else:
            yield from self._lines(first, rest, note)

    def _document(self, data: bytes, note: Note) -> Iterator[Found]:
        """Read a document. Nothing of a plain list is kept before all of it is known to be sound; of others each record stands alone."""
        found = self._in_batches(data) or self._as_one(data)
        if not found:
            yield from self._several(paired(data), note)
            return
        for kind, count in Counter(chain.from_iterable(one.kinds for one in found)).items():
            self.seen.sources[kind.source] += count
        for one in found:
            one.keep()
            if one.places:
                yield from self._rest(one, note)

    def _in_batches(self, data: bytes) -> list[Judged]:
        """Judge the records of a plain file of CloudTrail's; an empty list for any other document."""
        found: list[Judged] = []
        for begin, end in batches(data):
            text = batch(data, begin, end)
            try:
                briefs = BATCH.decode(text)
            except NOT_JSON:
                return []
            found.append(self._judged(briefs, partial(batch, data, begin, end), begin - 1))
        return found

    def _as_one(self, data: bytes) -> list[Judged]:
        """Judge the records of a document that holds one list and no more; an empty list for any other."""
        try:
            members = BRIEFS.decode(data)
        except NOT_JSON:
            return []
        # A second list, even of the same name, or anything else beside the first is read with more care.
        if [member.name for member in members] != ["Records"]:
            return []
        [briefs] = members.values()
        return [self._judged(briefs, lambda: data, 0)]

    def _judged(self, briefs: Sequence[Brief], text: Callable[[], bytes], base: int) -> Judged:
        known = self._known
        kinds = [known[brief.eventSource, brief.eventName, brief.errorCode] for brief in briefs]
        return Judged(text, base, kinds, *self.judge(briefs, kinds))

    def _rest(self, judged: Judged, note: Note) -> Iterator[Found]:
        """Read those records in full of which their briefs do not tell enough."""
        data = judged.text()
        raws = listed(data)
        for number in judged.places:
            place = Within(data, judged.base, raws, number)
            record = self._full(raws[number], place, note)
            if record is not None:
                yield Log.CLOUDTRAIL, place, record

    def _several(self, data: bytes, note: Note) -> Iterator[Found]:
        """Read documents that follow each other; what lies between two that are broken is taken for one, since it proves nothing."""
        for begin, end in parts(data):
            yield from self._mixed(data[begin:end], begin, note)

    def _mixed(self, data: bytes, base: int, note: Note) -> Iterator[Found]:
        """Read a document that is no file of CloudTrail's, or a broken one, which stands `base` bytes into the file."""
        opening = DOCUMENT.match(data)
        try:
            raws = listed(data)
        except NOT_JSON as error:
            told = 0

            def note_within(at: int, says: str) -> None:
                nonlocal told
                told += 1
                note(base + at, says)

            in_list = opening is not None or not data.lstrip().startswith(b"{")
            start = opening.end() if opening is not None else 0
            for offset, raw in salvage(data, start, note_within, listed=in_list):
                yield from self._record(raw, base + offset, note)
            if opening is not None and not told:
                note(base, f"the document is broken: {error}")
            return
        offset = 0
        for raw in raws:
            offset = max(data.find(raw, offset), offset)
            yield from self._record(raw, base + offset, note)
            offset += memoryview(raw).nbytes

    def _lines(self, first: bytes, rest: Iterator[bytes], note: Note) -> Iterator[Found]:
        for place, line in lines(first, rest, note):
            yield from self._record(line, place, note)

    def _texts(self, first: bytes, rest: Iterator[bytes], line: Line, note: Note) -> Iterator[Found]:
        """Read a log whose lines are no JSON."""
        self.seen.flow_fields.update(fields_of(first) or ())
        for offset, text in lines(first, rest, note):
            try:
                log, record = line(text.decode())
            except ValueError as error:
                note(offset, f"the line cannot be read: {error}")
                continue
            self.seen.sources[DataSource(log.value)] += 1
            if record is not None and self.wanted(log, ()):
                yield log, At(offset), record

    def _record(self, raw: bytes | msgspec.Raw, offset: int, note: Note) -> Iterator[Found]:
        """Look at one record, and read it in full if it is wanted."""
        place = At(offset)
        try:
            look = looked(raw)
        except NOT_JSON:
            plain = bytes(raw)
            if (whole := paired(plain)) != plain:
                yield from self._record(whole, offset, note)
                return
            record = self._full(raw, place, note)
            if record is not None:
                yield from self._other(record, offset, note)
            return
        kind = self._known[look.eventSource, look.eventName, look.errorCode]
        self.seen.sources[kind.source] += 1
        if not kind.wanted:
            return
        if isinstance(look, Brief):
            places, keep = self.judge([look], [kind])
            keep()
            if not places:
                return
        record = self._full(raw, place, note)
        if record is not None:
            yield Log.CLOUDTRAIL, place, record

    def _full(self, raw: bytes | msgspec.Raw, place: Place, note: Note) -> dict[str, Any] | None:
        if memoryview(raw).nbytes > MOST_BYTES:
            note(place(), f"the record has more than {MOST_BYTES >> 20} MiB")
            return None
        record: object
        try:
            record = ANY.decode(raw)
        except NOT_JSON as error:
            plain = bytes(raw)
            if (whole := paired(plain)) != plain:
                return self._full(whole, place, note)
            try:
                if OUT_OF_RANGE not in str(error):
                    raise
                record = with_any_number(plain)
            except NOT_JSON:
                note(place(), f"the record is not JSON: {error}")
                return None
        if not isinstance(record, dict):
            note(place(), "the record is no object")
            return None
        return record

    def _other(self, record: dict[str, Any], offset: int, note: Note) -> Iterator[Found]:
        """Read a record that is no plain one of CloudTrail's: an envelope, an answer of LookupEvents, a finding."""
        detail, text = record.get("detail"), record.get("CloudTrailEvent")
        rows = record.get("QueryResultRows")
        if isinstance(detail, dict) and "detail-type" in record:
            yield from self._record(msgspec.json.encode(detail), offset, note)
        elif isinstance(text, str):
            yield from self._record(text.encode(), offset, note)
        elif isinstance(rows, list):
            for row in rows:
                yield from self._row(row, offset, note)
        elif (log := log_of(record)) is Log.GUARDDUTY and is_sample(record):
            self.seen.samples += 1
        elif log is not None:
            kind = record.get("type", record.get("Type"))
            early = (kind if isinstance(kind, str) else None,) if log is Log.GUARDDUTY else ()
            self.seen.sources[DataSource(log.value)] += 1
            if self.wanted(log, early):
                yield log, At(offset), record
        elif is_no_log(record):
            self.seen.others += 1
        else:
            self._strange.append(offset)

    def _row(self, row: object, offset: int, note: Note) -> Iterator[Found]:
        """Read a row of an answer of CloudTrail Lake, which holds single columns, the whole event among them if it was asked for."""
        columns = row if isinstance(row, list) else []
        texts = [one["eventJson"] for one in columns if isinstance(one, dict) and isinstance(one.get("eventJson"), str)]
        if not texts:
            note(
                offset, "a row of CloudTrail Lake's is read where the query selects eventJson, which this one does not"
            )
        for text in texts:
            yield from self._record(text.encode(), offset, note)
