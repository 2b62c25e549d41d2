"""Whatever shape a log comes in, its records are found; whatever is broken is told with its place, and the rest is read."""

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.events import DataSource, Log, document, event_of, salvage, split, unpack
from hexward.events import read as reading
from hexward.events.brief import Brief
from hexward.events.files import events
from hexward.events.judged import Keep
from hexward.events.kind import Kind
from hexward.events.read import Reader
from hexward.events.unpack import Problem

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
SEAM = '},{"eventVersion":'
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
        (json.dumps({"Events": [], "NextToken": "x"}).encode(), 0),
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
        (
            THREE[:-30],
            2,
            [(293, "the record does not end; 110 bytes from here are not read")],
        ),
        (
            without(THREE, b'"GetObject"', b'"Get'),
            2,
            [(13, "the document is broken; 133 bytes from")],
        ),
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
        (b"hello", 0, [(0, "the file is of no log that is read")]),
        (b"\xff\xfe", 0, [(0, "the file is empty")]),
        (b"[" * 100_000, 0, [(1, "the document is broken; 99999 bytes from")]),
        (b'{"a": ' * 100_000, 0, [(0, "the document is broken; 600000 bytes from here are not read")]),
        (json.dumps({"Records": 5}).encode(), 0, [(0, "the record is of no log that is read")]),
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


MEMBER_NAMES = ['"Records"', '"\\u0052ecords"', '"Events"', '"Findings"', '"x"']
TEXTS = {**EVENT, "requestParameters": {"Records": [EVENT], "name": "Records", "text": '"Records":[{"eventName":"x"}]'}}


@given(st.lists(st.tuples(st.sampled_from(MEMBER_NAMES), st.integers(0, 3)), min_size=1, max_size=4), st.booleans())
@settings(deadline=None)
def test_of_a_list_that_stands_twice_both_are_read(members, wanted):
    # Each record has its number, by which it is seen which of them were read.
    numbers = iter(range(100))
    lists = [(name, [{**TEXTS, "eventID": str(next(numbers))} for _ in range(count)]) for name, count in members]
    data = ("{" + ", ".join(f"{name}: {json.dumps(records)}" for name, records in lists) + "}").encode()
    told = [record for name, records in lists if name != '"x"' for record in records]
    reader = Reader(lambda _log, _early: wanted)
    found = [(place(), record) for _, place, record in reader.read("a.json", BytesIO(data))]
    assert [record for _, record in found] == (told if wanted else [])
    assert all(json.JSONDecoder().raw_decode(data.decode(), place)[0] == record for place, record in found)
    assert reader.seen.sources.total() == len(told)
    # A document without records may be one itself.
    assert len(reader.seen.problems) == (not told and '"x"' in dict(members))


def test_of_two_lists_what_is_no_record_is_told_with_its_place():
    data = b'{"Records":[' + ONE + b'],"Records":[' + ONE + b',{"a":1}]}'
    assert read(data)[:2] == ([EVENT, EVENT], [(data.find(b'{"a"'), "the record is of no log that is read")])
    data = b'{"Records":[' + ONE + b'],"Records":5}'
    assert read(data)[:2] == ([EVENT], [(0, "the document is broken: Expected `array`, got `int`")])


@pytest.mark.parametrize("lines", [False, True])
def test_a_record_that_is_too_long_is_passed_over(lines, monkeypatch):
    for module in (reading, salvage, split):
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
    monkeypatch.setattr(document, "DOCUMENT_BYTES", 300)
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
    assert [says[:23] for _, says in problems] == ["the record does not end"]


def test_of_many_broken_records_each_is_passed_over():
    whole = b'{"eventVersion": nope}'
    records, problems, _ = read(b'{"Records":[' + b",".join([*[whole] * 200, ONE]) + b"]}")
    assert records == [EVENT]
    assert problems[-1][1] == "the record is not JSON; what else is wrong with the file is not told"


INSIGHT = {
    "eventVersion": "1.07", "eventTime": "2026-03-14T02:17:00Z", "eventID": "i", "eventType": "AwsCloudTrailInsight",
    "insightDetails": {"state": "Start", "eventSource": "s3.amazonaws.com", "eventName": "GetObject"}, "eventCategory": "Insight",
}  # fmt: skip
NETWORK = {**EVENT, "eventType": "AwsVpceEvent", "eventCategory": "NetworkActivity", "errorCode": "VpceAccessDenied"}
CONFIG = {"fileVersion": "1.0", "configSnapshotId": "c", "configurationItems": [{"resourceType": "AWS::S3::Bucket"}]}
SIGNATURE = {"version": "1.0", "queryCompleteTime": "2026-03-14T02:17:00Z", "hashSignature": "ab", "files": []}
LAKE = {"QueryStatus": "FINISHED", "QueryResultRows": [[{"eventID": "1"}, {"eventJson": json.dumps(EVENT)}]]}


@pytest.mark.parametrize(
    ("data", "count", "others"),
    [
        ({"Records": [INSIGHT, INSIGHT]}, 0, 2),
        ({"Records": [INSIGHT, EVENT]}, 1, 1),
        ({"Records": [NETWORK, EVENT]}, 2, 0),
        (CONFIG, 0, 1),
        (SIGNATURE, 0, 1),
        (LAKE, 1, 0),
    ],
)
def test_what_lies_beside_a_log_is_counted_and_no_problem(data, count, others):
    for text in (json.dumps(data), json.dumps(data, indent=1)):
        records, problems, reader = read(text.encode())
        assert (len(records), reader.seen.others, problems) == (count, others, [])


def test_a_row_of_cloudtrail_lake_without_the_event_is_told():
    _, problems, _ = read(json.dumps({"QueryResultRows": [[{"eventID": "1"}], "no row"]}).encode())
    assert [says[:29] for _, says in problems] == ["a row of CloudTrail Lake's is"] * 2


ELB = (
    b'h2 2026-03-14T02:17:00.1Z app/front/50dc 198.51.100.7:2817 - -1 -1 -1 200 200 34 366 "GET https://a/ HTTP/2.0"\n'
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (ELB * 500, "the file is of no log that is read"),
        (b"version account-id interface-id\n2 111122223333 eni-1\n" * 3, "the file is of no log that is read"),
        (b"PK\x03\x04" + ONE, "the file is a ZIP archive, which is not read"),
        (gzip.compress(gzip.compress(ONE)), "the file is packed twice, which is not read"),
        (b"PAR1\x15\x04", "the file is a Parquet file, which is not read"),
        (b'{"level": "info"}\n' * 500, "the record is of no log that is read; nor are 499 behind it"),
        (json.dumps({"a": 1}, indent=1).encode(), "the record is of no log that is read"),
    ],
)
def test_a_file_of_another_kind_is_one_problem(data, says):
    assert read(data)[:2] == ([], [(0, says)])


@pytest.mark.parametrize("data", [THREE, ONE + b"\r\n" + ONE, json.dumps({"Records": [EVENT]}, indent=2).encode()])
def test_what_powershell_writes_is_read(data, monkeypatch):
    plain, _, _ = read(data)
    monkeypatch.setattr(unpack, "PIECE_BYTES", 7)
    text = data.decode()
    for written in (text.encode("utf-8-sig"), text.encode("utf-16"), b"\xfe\xff" + text.encode("utf-16-be")):
        assert read(written)[:2] == (plain, [])
        assert read(gzip.compress(written))[:2] == (plain, [])


def test_the_offset_of_a_record_is_told_behind_a_mark_and_in_utf_16():
    bad = b'{"Records":[' + ONE + b"," + b'{"a":1}' + b"]}"
    place = len(ONE) + 13
    assert read(b"\xef\xbb\xbf" + bad)[1] == [(place + 3, "the record is of no log that is read")]
    assert read(bad.decode().encode("utf-16"))[1] == [(place, "the record is of no log that is read")]
    assert read(ONE.decode().encode("utf-16")[:-1])[1][0][1] == "the text, which is UTF-16, ends within a character"


@pytest.mark.parametrize("indent", [None, 2])
def test_a_record_that_is_no_event_is_told_with_its_place(indent):
    timeless = {key: value for key, value in EVENT.items() if key != "eventTime"}
    around = {**EVENT, "requestParameters": {"a": timeless}}
    data = json.dumps({"Records": [around, timeless, timeless]}, indent=indent).encode()
    reader = Reader(lambda _log, _early: True)

    class Here:
        name, size = "a.json", len(data)
        open = staticmethod(lambda: BytesIO(data))

    assert len(list(events([Here()], reader, lambda _: None))) == 1
    for problem in reader.seen.problems:
        assert data[problem.offset :].startswith(b"{")
        assert problem.says.startswith("the record is no event: ")
    shown = json.dumps(timeless, indent=indent)
    first, second = [problem.offset for problem in reader.seen.problems]
    assert json.JSONDecoder().raw_decode(data.decode(), first)[0] == timeless, shown
    assert json.JSONDecoder().raw_decode(data.decode(), second)[0] == timeless
    assert len(json.dumps(around)) < first < second


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
    assert problems[-1] == (12, f"the record does not end; {len(rest) + 1} bytes from here are not read")


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


WITHIN = st.sampled_from([1, "x", SEAM, f'"{SEAM}"1', "\\", EVENT, [EVENT, EVENT], {"a": [{"eventVersion": 1}] * 2}])
RECORD = st.dictionaries(
    st.sampled_from(["requestParameters", "responseElements", "eventTime"]), WITHIN, max_size=2
).map(lambda more: EVENT | more)


def by_batches(data: bytes, size: int) -> tuple[list[tuple[int, str]], list[Problem], Counter[DataSource]]:
    reader = Reader(lambda _log, _early: True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "BATCH_BYTES", size)
        found = [(place(), json.dumps(record)) for _, place, record in reader.read("a.json", BytesIO(data))]
    return found, reader.seen.problems, reader.seen.sources


BEHIND = st.sampled_from([b"", b"\n", b"\x0b", b"x", b"[]", b'{"Records":[]}', b' {"Records":[{}]}', b"]}"])


@given(st.lists(RECORD, min_size=1, max_size=6), BEHIND)
def test_a_document_read_in_batches_is_what_it_is_as_a_whole(records, behind):
    data = json.dumps({"Records": records}, separators=(",", ":")).encode() + behind
    assert by_batches(data, 1) == by_batches(data, len(data))


@given(st.lists(RECORD, min_size=1, max_size=6), st.data())
def test_a_broken_document_read_in_batches_is_what_it_is_as_a_whole(records, dice):
    data = json.dumps({"Records": records}, separators=(",", ":")).encode()
    begin = dice.draw(st.integers(0, len(data) - 1))
    noise = dice.draw(st.sampled_from([b"", b'"', b"}", b"{", b"]", b",", b"\\", b"\xff", b'}]}{"Records":[{']))
    data = data[:begin] + noise + data[begin + dice.draw(st.integers(0, 300)) :]
    assert by_batches(data, 1) == by_batches(data, len(data))


def test_what_follows_from_a_loss_within_a_record_is_not_taken_for_records():
    forged = [{**EVENT, "eventID": f"forged {number}"} for number in range(4)]
    records = [{**EVENT, "requestParameters": {"a": [EVENT, *forged]}}, EVENT, EVENT]
    data = json.dumps({"Records": records}, separators=(",", ":")).encode()
    # All between the begin of the first record and that of the first which it holds is lost.
    damaged = data[:12] + data[data.index(b'[{"eventVersion"', 13) + 1 :]
    found, problems, _ = by_batches(damaged, 1)
    assert not any("forged" in record for _, record in found)
    assert problems


def test_a_text_that_is_no_utf_8_does_not_stop_the_reader():
    data = (
        json.dumps({"Records": [EVENT] * 3}, separators=(",", ":")).encode().replace(b"GetObject", b"Get\xffObject", 1)
    )
    found, problems, _ = by_batches(data, 1)
    assert [place for place, _ in found] == [place for place, _ in by_batches(data, len(data))[0]]
    assert len(found) == 2
    assert problems


def test_records_without_seams_are_read_as_one_document(monkeypatch):
    monkeypatch.setattr(document, "MOST_BATCH", 2 * len(ONE))
    strange = {"awsRegion": "eu-west-1", **EVENT}
    data = json.dumps({"Records": [EVENT, strange, strange, strange, EVENT]}, separators=(",", ":")).encode()
    monkeypatch.setattr(document, "BATCH_BYTES", 1)
    assert document.batches(data) == []
    assert len(read(data)[0]) == 5


def test_a_file_is_judged_batch_by_batch(monkeypatch):
    monkeypatch.setattr(document, "BATCH_BYTES", 2 * len(ONE))
    sizes: list[int] = []

    def judge(briefs: Sequence[Brief], _: Sequence[Kind]) -> tuple[list[int], Keep]:
        return [], lambda: sizes.append(len(briefs))

    reader = Reader(lambda _log, _early: True, judge)
    data = json.dumps({"Records": [EVENT] * 8}, separators=(",", ":")).encode()
    assert list(reader.read("a.json", BytesIO(data))) == []
    assert sizes == [3, 3, 2]
    assert reader.seen.sources.total() == 8


def test_one_number_without_bound_leaves_a_record_readable():
    data = json.dumps({"Records": [EVENT, {**EVENT, "requestParameters": {"a": 1, "b": "c 1e999"}}]}).encode()
    records, problems, _ = read(data.replace(b": 1,", b": -1e999,"))
    assert problems == []
    assert records[1]["requestParameters"] == {"a": "-1e999", "b": "c 1e999"}
    records, problems, _ = read(data.replace(b": 1,", b": NaN,"))
    assert [says[:22] for _, says in problems] == ["the record is not JSON"]
