"""Logs other than CloudTrail's: which one a file is of, what its records say, and when."""

import gzip
import json
from io import BytesIO

import pytest

from hexward.events import Event, Log, event_of, says
from hexward.events.read import Reader
from tests.detections.overlay import DNS, INVOCATIONS, WAF

FLOW = (
    "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n"
    "2 011122223333 eni-0a1b2c3d 10.0.1.5 203.0.113.9 49152 3333 6 10 8000 1773454620 1773454680 ACCEPT OK\n"
    "2 011122223333 eni-0a1b2c3d - - - - - - - 1773454620 1773454680 - NODATA\n"
    "2 011122223333 eni-0a1b2c3d 203.0.113.9 10.0.1.5 3333 22 6 1 40 1773454620 1773454680 REJECT OK\n"
)
OTHER_FLOW = (
    "instance-id start dstaddr srcaddr bytes region\n"
    "i-0317f6c6b66ae9c40 1773454620 203.0.113.9 10.0.1.5 8000 eu-west-1\n"
)
DIRECTED_FLOW = (
    "version interface-id srcaddr dstaddr srcport dstport protocol bytes start action pkt-dst-aws-service flow-direction\n"
    "5 eni-0a1b2c3d 10.0.1.5 203.0.113.9 49152 443 6 8000 1773454620 ACCEPT - egress\n"
    "5 eni-0a1b2c3d 10.0.1.5 52.95.128.179 34210 443 6 471 1773454620 ACCEPT S3 egress\n"
    "5 eni-0a1b2c3d 203.0.113.9 10.0.1.5 443 - 6 471 1773454620 ACCEPT - ingress\n"
)
ACCESS = (
    "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be training-data [14/Mar/2026:02:17:00 +0000] 192.0.2.3 "
    'arn:aws:iam::111122223333:user/ana 3E57427F3EXAMPLE REST.GET.OBJECT a%20b.parquet "GET /a%20b.parquet HTTP/1.1" 200 - 113 '
    '2662992 7 6 "-" "say \\"hi\\"" - s9lzHYrFp76= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader b.s3.amazonaws.com TLSV1.2 - -\n'
)
WHEN = "2026-03-14T02:17:00Z"
MOMENT = 1773454620000


def read(text: str) -> tuple[list[Event], list[str]]:
    reader = Reader(lambda _log, _early: True)
    data = gzip.compress(text.encode())
    events = [event_of(log, record) for log, _, record in reader.read("a", BytesIO(data))]
    return events, [one.says for one in reader.seen.problems]


def lines(*records: object) -> str:
    return "\n".join(map(json.dumps, records))


@pytest.mark.parametrize(
    ("text", "log", "count", "principal", "told"),
    [
        (FLOW, Log.VPC_FLOW, 2, "eni-0a1b2c3d", "10.0.1.5 sent 8000 bytes to 203.0.113.9 port 3333 at eni-0a1b2c3d"),
        (FLOW.partition("\n")[2], Log.VPC_FLOW, 2, "eni-0a1b2c3d", "10.0.1.5 sent 8000 bytes"),
        (OTHER_FLOW, Log.VPC_FLOW, 1, "i-0317f6c6b66ae9c40", "10.0.1.5 sent 8000 bytes"),
        (ACCESS * 2, Log.S3_ACCESS, 2, "arn:aws:iam::111122223333:user/ana", "did REST.GET.OBJECT on training-data/a%20b.parquet"),
        (
            lines({**DNS, "query_timestamp": WHEN}, {**DNS, "query_timestamp": WHEN}),
            Log.DNS,
            2,
            "i-0317f6c6b66ae9c40",
            "i-0317f6c6b66ae9c40 asked for example.com. (A)",
        ),
        (lines({**WAF, "timestamp": MOMENT}), Log.WAF, 1, "198.51.100.7", "the web ACL said ALLOW to 198.51.100.7"),
        (
            lines({**INVOCATIONS, "timestamp": WHEN, "requestId": "r"}),
            Log.INVOCATIONS,
            1,
            "arn:aws:iam::111122223333:role/chat",
            "arn:aws:iam::111122223333:role/chat asked anthropic.claude",
        ),
    ],
)  # fmt: skip
def test_every_log_is_told_by_its_records(text, log, count, principal, told):
    events, problems = read(text)
    assert (len(events), problems) == (count, [])
    assert {one.log for one in events} == {log}
    assert {one.time for one in events} == {MOMENT}
    assert events[0].principal == principal
    assert told in says(events[0])
    assert events[0].id


def test_fields_keep_their_names_and_numbers_are_numbers():
    [flow, _], _ = read(FLOW)
    ask = flow.fields.get
    assert (ask("dstport"), ask("account-id"), flow.account) == (3333, "011122223333", "011122223333")
    [access], _ = read(ACCESS)
    ask = access.fields.get
    assert (ask("user_agent"), ask("bytes_sent"), ask("error_code")) == ('say \\"hi\\"', 113, None)


def test_an_address_of_no_service_of_aws_is_told_from_a_log_that_does_not_say():
    events, problems = read(DIRECTED_FLOW)
    assert problems == []
    assert [one.fields.get("pkt-dst-aws-service") for one in events] == ["-", "S3", "-"]
    assert [one.fields.get("flow-direction") for one in events] == ["egress", "egress", "ingress"]
    assert events[2].fields.get("dstport") is None
    [plain, _], _ = read(FLOW)
    assert plain.fields.get("pkt-dst-aws-service") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (FLOW + "2 011122223333 eni-0\n", "the line cannot be read: the line has 3 fields, not 14"),
        (ACCESS + "79a59 b\n", "the line cannot be read: the line has 2 fields, and not 17 or more"),
    ],
)
def test_a_broken_line_is_told_and_the_others_are_read(text, says):
    events, problems = read(text)
    assert events
    assert problems == [says]


@pytest.mark.parametrize("log", [log for log in Log if log is not Log.GUARDDUTY])
def test_a_record_without_a_time_is_no_event(log):
    with pytest.raises(ValueError, match=r"is no time|does not match|has no eventTime"):
        event_of(log, {})
