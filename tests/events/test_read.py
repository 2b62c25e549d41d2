"""Whatever shape a log comes in, its records are found; whatever is broken is told with its place, and the rest is read."""

import gzip
import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.events import DataSource, Log, event_of, split, unpack
from hexward.events import read as reading
from hexward.events.read import Reader

EVENT = {
    "eventVersion": "1.11",
    "eventSource": "s3.amazonaws.com",
    "eventName": "GetObject",
    "eventTime": "2026-03-14T02:17:00Z",
    "eventID": "1",
}
FINDING = {"schemaVersion": "2.0", "id": "f", "type": "Recon:X/Y", "severity": 2, "updatedAt": "2026-03-14T02:17:00Z"}
PASCAL = {key[0].upper() + key[1:]: value for key, value in FINDING.items()}
ENVELOPE = {"version": "0", "detail-type": "AWS API Call via CloudTrail", "source": "aws.s3", "detail": EVENT}
ONE = json.dumps(EVENT).encode()
THREE = json.dumps({"Records": [EVENT, EVENT, EVENT]}).encode()


def read(data: bytes) -> tuple[list[dict[str, Any]], list[tuple[int, str]], Reader]:
    reader = Reader(lambda _log, _early: True)
    records = [record for _, _, record in reader.read("a.json", BytesIO(data))]
    return records, [(one.offset, one.says) for one in reader.seen.problems], reader


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (THREE, 3),
        (gzip.compress(THREE, mtime=0), 3),
        (gzip.compress(ONE + b"\n", mtime=0) + gzip.compress(ONE, mtime=0), 2),
        (json.dumps({"Records": [EVENT]}, indent=3).encode(), 1),
        (json.dumps([EVENT, EVENT], indent=3).encode(), 2),
        (ONE, 1),
        (json.dumps(EVENT, indent=3).encode(), 1),
        (b"\n".join([ONE, ONE, ONE]), 3),
        (ONE + b"\n\n" + ONE + b"\n", 2),
        (json.dumps(ENVELOPE).encode(), 1),
        (json.dumps(ENVELOPE, indent=3).encode(), 1),
        (b"\n".join([json.dumps(ENVELOPE).encode()] * 2), 2),
        (json.dumps({"Events": [{"EventId": "1", "CloudTrailEvent": json.dumps(EVENT)}] * 2}).encode(), 2),
        (json.dumps(FINDING).encode(), 1),
        (json.dumps({"Findings": [PASCAL, PASCAL]}).encode(), 2),
        (json.dumps({"version": "0", "detail-type": "GuardDuty Finding", "detail": FINDING}).encode(), 1),
        (json.dumps({"Records": []}).encode(), 0),
        (b"[]", 0),
        (json.dumps({"awsAccountId": "111122223333", "digestStartTime": "2026-03-14T02:17:00Z"}).encode(), 0),
    ],
)
def test_every_shape_is_read(data, count):
    records, problems, _ = read(data)
    assert len(records) == count
    assert problems == []


def without(data: bytes, old: bytes, new: bytes) -> bytes:
    return data.replace(old, new, 1)


@pytest.mark.parametrize(
    ("data", "count", "said"),
    [
        (THREE[:-30], 2, [(0, "the document is broken"), (293, "the record does not end")]),
        (without(THREE, b'"GetObject"', b'"Get'), 2, [(0, "the document is broken"), (13, "the record is not JSON")]),
        (without(THREE, b'"GetObject"', b"5"), 2, [(13, "the record is of no log")]),
        (without(THREE, b'"eventName"', b'"eventNam"'), 2, [(13, "the record is of no log")]),
        (gzip.compress(THREE, mtime=0)[:-9], 3, [(len(THREE), "the gzip data ends too early")]),
        (gzip.compress(THREE, mtime=0)[:-8] + b"12345678", 0, [(0, "the gzip data is broken")]),
        (b"\x1f\x8bno", 0, [(0, "the gzip data")]),
        (b"\n".join([ONE, b'{"eventV', ONE]), 2, [(len(ONE) + 1, "the record is not JSON")]),
        (b'{"eventV\n' + ONE, 1, [(0, "the record is not JSON")]),
        (b"[1, " + ONE + b"]", 1, [(1, "the record is no object")]),
        (b"", 0, [(0, "the file is empty")]),
        (b" \n", 0, [(0, "the file is empty")]),
        (gzip.compress(b"", mtime=0), 0, [(0, "the file is empty")]),
        (b"hello", 0, [(0, "the document is broken")]),
        (b"\xff\xfe", 0, [(0, "the document is broken")]),
        (b"[" * 100_000, 0, [(0, "the document is broken")]),
        (b'{"a": ' * 100_000, 0, [(0, "the document is broken"), (0, "the record does not end")]),
        (json.dumps({"Records": 5}).encode(), 0, [(0, "the document is broken")]),
        (b'{"a": 1}', 0, [(0, "the record is of no log")]),
    ],
)
def test_what_is_broken_is_told_and_the_rest_is_read(data, count, said):
    records, problems, _ = read(data)
    assert len(records) == count
    assert len(problems) == len(said), problems
    for (offset, says), (expected_offset, begins) in zip(problems, said, strict=True):
        assert says.startswith(begins)
        assert offset == expected_offset


def test_of_a_key_that_stands_twice_the_last_one_counts_early_and_late():
    seen: list[object] = []

    def wanted(_log: Log, early: tuple[str | None, ...]) -> bool:
        seen.append(early)
        return True

    reader = Reader(wanted)
    twice = ONE[:-1] + b', "eventName": "PutObject"}'
    [(_, _, record)] = reader.read("a.json", BytesIO(twice))
    assert (record["eventName"], seen) == ("PutObject", [("s3.amazonaws.com", "PutObject", None)])


@pytest.mark.parametrize("lines", [False, True])
def test_a_record_that_is_too_long_is_passed_over(lines, monkeypatch):
    for module in (reading, split):
        monkeypatch.setattr(module, "MOST_BYTES", 1000)
    monkeypatch.setattr(unpack, "PIECE_BYTES", 300)
    long = json.dumps({**EVENT, "x": "x" * 5000}).encode()
    data = b"\n".join([ONE, long, ONE]) if lines else b'{"Records":[' + b",".join([ONE, long, ONE]) + b"]}"
    records, problems, _ = read(data)
    assert len(records) == 2
    assert [offset for offset, _ in problems] == [len(ONE) + (1 if lines else 13)]


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(unpack, "UNSUSPECTED_BYTES", 1 << 20)
    monkeypatch.setattr(unpack, "PIECE_BYTES", 1 << 18)
    _, problems, _ = read(gzip.compress(ONE + b" " * (8 << 20)))
    assert any("200 times as much" in says for _, says in problems)


def test_a_document_that_is_too_large_is_read_as_far_as_it_goes(monkeypatch):
    monkeypatch.setattr(reading, "DOCUMENT_BYTES", 300)
    monkeypatch.setattr(reading, "ENOUGH_BYTES", 1)
    monkeypatch.setattr(unpack, "PIECE_BYTES", 100)
    records, problems, _ = read(THREE)
    assert len(records) == 2
    assert "more than" in problems[0][1]


INNER = {**EVENT, "eventName": "StopLogging"}


def broken(value: bytes, **more: object) -> bytes:
    """Return a document whose second record no decoder takes, though its braces are in order."""
    record = json.dumps({**EVENT, "x": "?", **more}).encode()
    return b'{"Records":[' + b",".join([ONE, record.replace(b'"?"', value), ONE]) + b"]}"


@pytest.mark.parametrize("inner", [{"tags": INNER}, {"tags": [EVENT, INNER]}, {"a": {"b": [[INNER], INNER]}}])
@pytest.mark.parametrize("value", [b"nope", b'"\\x"', b'"\xff"'])
def test_nothing_within_a_broken_record_becomes_an_event(value, inner):
    records, problems, _ = read(broken(value, requestParameters=inner))
    assert records == [EVENT, EVENT]
    assert problems[-1][1].startswith("the record is not JSON")


def test_of_a_record_that_is_cut_off_no_value_becomes_an_event():
    data = json.dumps({"Records": [EVENT, {**EVENT, "requestParameters": {"tags": INNER}}]}).encode()
    records, problems, _ = read(data[:-4])
    assert records == [EVENT]
    assert [says for _, says in problems[1:]] == ["the record does not end"]


def test_behind_more_broken_records_than_are_passed_over_the_rest_is_told_as_not_read():
    cut = b'{"eventVersion": "1.11", "x": {'
    data = b'{"Records":[' + b",".join([*[cut] * 200, ONE]) + b"]}"
    _, problems, _ = read(data)
    assert problems[-1] == (
        12 + split.MOST_BROKEN * (len(cut) + 1),
        f"{split.MOST_BROKEN} records before are broken; the rest is not read",
    )
    whole = b'{"eventVersion": nope}'
    records, problems, _ = read(b'{"Records":[' + b",".join([*[whole] * 200, ONE]) + b"]}")
    assert records == [EVENT]
    assert problems[-1][1] == "the record is not JSON; what else is wrong with the file is not told"


@pytest.mark.parametrize("lone", ["\\ud800", "\\udfff", "\\uD83D\\ud800", "\\ud83d\\ude00\\ud83d"])
@pytest.mark.parametrize("shape", ["document", "array", "line", "lookup"])
def test_a_lone_surrogate_is_replaced_and_the_record_read(lone, shape):
    record = ONE[:-1] + b', "x": "' + lone.encode() + b'", "y": "\\\\ud800"}'
    data = {
        "document": b'{"Records":[' + record + b"]}",
        "array": b"[" + record + b"]",
        "line": record + b"\n" + ONE,
        "lookup": json.dumps({"Events": [{"EventId": "1", "CloudTrailEvent": record.decode()}]}).encode(),
    }[shape]
    records, problems, _ = read(data)
    assert problems == []
    assert records[0]["eventID"] == "1"
    assert "\ufffd" in records[0]["x"]
    assert records[0]["y"] == "\\ud800"


@pytest.mark.parametrize("rest", [b'"a":"' + b'\\"' * 1_000_000, b"\n" * 1_000_000, b", " * 1_000_000])
def test_what_does_not_end_is_looked_at_once(rest):
    # Tried anew from each of its quotes or blanks, this took hours.
    records, problems, _ = read(b'{"Records":[{' + rest)
    assert records == []
    assert problems[-1] == (12, "the record does not end")


def test_of_one_file_so_many_problems_are_told_and_no_more():
    _, problems, _ = read(b"\n".join([ONE, *[b"{no"] * 1000]))
    assert len(problems) == reading.MOST_PROBLEMS


def test_what_is_not_wanted_is_counted_and_not_read():
    reader = Reader(lambda log, _early: log is Log.GUARDDUTY)
    data = b"\n".join([ONE, json.dumps({**EVENT, "eventName": "ListBuckets"}).encode(), json.dumps(FINDING).encode()])
    assert [log for log, _, _ in reader.read("a.json", BytesIO(data))] == [Log.GUARDDUTY]
    assert reader.seen.sources == {DataSource.S3_DATA: 1, DataSource.CLOUDTRAIL: 1, DataSource.GUARDDUTY: 1}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from([*EVENT, "userIdentity", "requestParameters", "detail", "type", "severity"]), JSON)
)
@settings(max_examples=300, deadline=None)
def test_any_record_is_an_event_or_a_problem(fields):
    records, problems, _ = read(json.dumps({"Records": [fields, EVENT]}).encode())
    assert EVENT in records
    assert len(records) + len(problems) >= 2 or "digestStartTime" in fields
    for record in records:
        try:
            event = event_of(Log.CLOUDTRAIL, record)
        except ValueError:
            continue
        assert event.principal


@given(st.binary(max_size=200), st.integers(0, len(THREE)), st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_bytes_stop_the_reader(noise, place, packed):
    data = THREE[:place] + noise + THREE[place:]
    read(gzip.compress(data, mtime=0)[: len(data)] if packed else data)
    read(noise + gzip.compress(THREE, mtime=0))
