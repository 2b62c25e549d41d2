"""Of a broken document no event comes out that was none, whatever callers wrote into it, and all that is not read is told."""

import json
import time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hexward.events.read import Reader

EVENT = {
    "eventVersion": "1.11",
    "eventTime": "2026-03-14T02:17:00Z",
    "eventSource": "s3.amazonaws.com",
    "eventName": "GetObject",
}
FAKE = {**EVENT, "eventName": "StopLogging", "eventID": "fake"}
TEXT = json.dumps({"Records": [FAKE]})
ONE = json.dumps({**EVENT, "eventID": "one"}).encode()


def read(data: bytes) -> tuple[list[tuple[int, dict[str, Any]]], list[tuple[int, str]]]:
    reader = Reader(lambda _log, _early: True)
    found = [(place(), record) for _, place, record in reader.read("a.json", BytesIO(data))]
    return found, [(one.offset, one.says) for one in reader.seen.problems]


def record(number: int, asked: object) -> dict[str, Any]:
    return {
        **EVENT,
        "userAgent": f'a "{TEXT}\\',
        "requestParameters": asked,
        "eventID": str(number),
        "tail": {"a": [1, "}]"]},
    }


ASKED: list[object] = [
    None,
    {"bucketName": "b", "key": 'k"},{"eventVersion":"1"'},
    {"tags": [FAKE, FAKE, FAKE]},
    {"Records": [FAKE], "a": {"b": [[FAKE, FAKE], [FAKE]]}},
    {"x": [TEXT, FAKE, "]}}", FAKE, ",{", FAKE]},
]
documents = st.lists(st.sampled_from(ASKED), min_size=1, max_size=6).map(
    lambda all_: [record(number, asked) for number, asked in enumerate(all_)]
)


def laid_out(records: list[dict[str, Any]]) -> tuple[bytes, list[tuple[int, int]]]:
    """Return a document, and where each record stands."""
    data = b'{"Records":['
    places: list[tuple[int, int]] = []
    for one in records:
        text = json.dumps(one, separators=(",", ":")).encode()
        data += b"," if places else b""
        places.append((len(data), len(data) + len(text)))
        data += text
    return data + b"]}", places


@given(documents, st.integers(0, 1 << 30), st.integers(0, 400), st.binary(max_size=4))
@settings(max_examples=300)
@example([record(0, ASKED[1]), record(1, ASKED[2])], 40, 700, b"")
def test_of_a_damaged_document_come_records_of_its_own_list_and_all_that_stand_before(records, place, lost, put):
    data, places = laid_out(records)
    place %= len(data)
    damaged = data[:place] + put + data[place + lost :]
    found, problems = read(damaged)
    shift = len(put) - len(data[place : place + lost])
    # Where a record of the list may begin: before the damage, or behind it.
    begins = {begin for begin, _ in places if begin <= place} | {
        begin + shift for begin, _ in places if begin >= place + lost
    }
    assert {offset for offset, _ in found} <= begins
    # What has nothing of the damage is as it was.
    whole = {begin: one for (begin, end), one in zip(places, records, strict=True) if end <= place}
    after = {begin + shift: one for (begin, _), one in zip(places, records, strict=True) if begin >= place + lost}
    for offset, one in found:
        if offset in whole or offset in after:
            assert one == (whole | after)[offset]
        else:
            assert offset <= place
    if {offset for offset, _ in found} != {*whole, *after}:
        assert problems or len(found) >= len(whole)
    assert {*whole} <= {offset for offset, _ in found} or "not read" in problems[-1][1]


@given(documents, st.integers(0, 1 << 30))
@settings(max_examples=300)
def test_of_a_document_that_ends_too_early_come_the_records_before_its_end(records, place):
    data, places = laid_out(records)
    place = 12 + place % (len(data) - 12)
    found, problems = read(data[:place])
    assert [one for _, one in found] == [one for (_, end), one in zip(places, records, strict=True) if end <= place]
    assert problems


@given(documents, st.integers(0, 1 << 30), st.integers(0, 255))
@settings(max_examples=300)
def test_one_wrong_byte_costs_one_record(records, place, byte):
    data, places = laid_out(records)
    place = 12 + place % (len(data) - 14)
    found, problems = read(data[:place] + bytes([byte]) + data[place + 1 :])
    told = {offset for offset, _ in found}
    apart = {begin for begin, end in places if not begin - 1 <= place <= end}
    assert told <= {begin for begin, _ in places}
    assert len(apart - told) <= 1
    assert problems or len(found) == len(records)


def test_behind_a_damage_the_records_are_found_from_the_end():
    data, places = laid_out([record(number, ASKED[2]) for number in range(4)])
    damaged = data[: places[1][0] + 15] + data[places[1][0] + 18 :]
    found, problems = read(damaged)
    assert [one["eventID"] for _, one in found] == ["0", "2", "3"]
    assert problems[-1][0] == places[1][0]
    assert f"{places[2][0] - 3 - places[1][0]} bytes from here are not read" in problems[-1][1]


@pytest.mark.parametrize(
    ("damaged", "ids"),
    [
        (b'{"Records":[' + ONE + b"]," + ONE + b"," + ONE + b"]}", 3),
        (b'{"Records":[' + ONE + b"," + ONE + b"]} and more", 2),
        (b'{"Records":[' + ONE + b"," + ONE + b"]", 2),
        (b'{"Records":[' + ONE + b",5," + ONE + b"," + ONE + b"]}", 3),
        (b'{"Records":[' + ONE + b"," + ONE + b",]}", 2),
        (b"[" + ONE + b"," + ONE + ONE + b"]", 1),
        (b'{"Events":[nope,' + ONE + b"," + ONE + b'], "NextToken": "a"}', 2),
        (b'x":"y"},' + ONE + b"," + ONE + b"]}", 2),
        (ONE + ONE + ONE, 3),
        (json.dumps(FAKE, indent=2).encode() + b"\n" + json.dumps(FAKE, indent=2).encode(), 2),
        (b'{"Records":[' + ONE + b']}\n{"Records":[' + ONE + b"," + ONE + b"]}", 3),
        (b'{"Records":[' + ONE + b']}{"Records":[' + ONE[:-9] + b']}{"Records":[' + ONE + b"]}", 2),
        (b"[" + ONE + b"]\n[" + ONE + b"]\n", 2),
    ],
)
def test_wrong_brackets_and_documents_behind_each_other(damaged, ids):
    assert len(read(damaged)[0]) == ids


@pytest.mark.parametrize(
    "data",
    [
        ONE + ONE,
        json.dumps(FAKE, indent=1).encode() * 2,
        b'{"Records":[' + ONE + b']}{"Records":[' + ONE + b"]}",
        b'{"Records":[]}' * 3,
    ],
)
def test_what_follows_each_other_and_is_whole_is_no_problem(data):
    assert read(data)[1] == []


@pytest.mark.parametrize(
    "piece",
    [
        b'{"eventVersion":"1","x":{',
        b'{"eventVersion": "1.11", "a":"',
        b"]",
        b"}",
        b"[{",
        b'{"eventVersion":nope},',
        b'\\"',
        b'"',
        b"\\",
        b'1]}{"Records":[',
        b"] ",
        b'{"eventVersion":"1"},]',
    ],
)
@pytest.mark.parametrize("end", [b"", b"]}", b'{"a":1}]}'])
def test_hostile_files_are_looked_at_a_few_times_and_no_more(piece, end):
    data = b'{"Records":[' + piece * ((1 << 20) // len(piece)) + end
    began = time.process_time()
    _, problems = read(data)
    assert time.process_time() - began < 3
    assert problems
