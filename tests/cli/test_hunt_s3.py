"""`s3://…` is read as a folder is: listed page by page, opened in every process, and what is refused is told with its address."""

import gzip
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from hexward.aws.emulated import Emulated
from hexward.cli import _buckets
from hexward.detections import hunt as hunting
from hexward.drill.range import emulated_account
from tests.aws.server import Reply, Request, Server, identity
from tests.cli.test_hunt import QUIET, STOPPED

DAY = "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/{:02}/111122223333_CloudTrail_eu-west-1_2026.json.gz"
TREE = {
    DAY.format(14): gzip.compress(json.dumps({"Records": [QUIET, STOPPED]}).encode()),
    DAY.format(11): gzip.compress(json.dumps({"Records": [{**STOPPED, "eventID": "e0"}]}).encode()),
    "AWSLogs/readme.txt": b"no log",
    "BedrockModelInvocationLogs/2026/03/14/02/data/9d2c_input.json.gz": gzip.compress(json.dumps([STOPPED]).encode()),
    "AWSLogs/": b"",
}


@pytest.fixture(autouse=True)
def forget():
    """Let no test have the client of another."""
    yield
    _buckets._client.cache_clear()  # noqa: SLF001


@pytest.fixture(scope="module")
def url():
    with emulated_account() as running:
        s3 = Emulated(running.endpoint_url).client("s3", "us-east-1")
        s3.create_bucket(Bucket="logs")
        s3.create_bucket(Bucket="empty")
        for key, data in TREE.items():
            s3.put_object(Bucket="logs", Key=key, Body=data)
        yield running.endpoint_url


@pytest.mark.emulator
@pytest.mark.parametrize(
    ("place", "options", "ids"),
    [
        ("s3://logs", (), ["e0", "e1"]),
        ("s3://logs/AWSLogs/", ("--region", "us-east-1"), ["e0", "e1"]),
        ("s3://logs/" + DAY.format(14), (), ["e1"]),
        ("s3://logs", ("--since", "2026-03-13"), ["e1"]),
    ],
)
def test_alerts_come_from_a_bucket(hexward, url, place, options, ids):
    code, out, err = hexward("hunt", place, "--endpoint-url", url, "--format", "jsonl", "-q", *options)
    assert [json.loads(line)["events"] for line in out.splitlines()] == [[one] for one in ids]
    assert code == 1
    assert ("left out of s3://logs, whose names are no logs', such as AWSLogs/readme.txt" in err) is (
        place == "s3://logs"
    )
    assert ("1 of CloudTrail's files left out of s3://logs, which are of days before --since" in err) is bool(
        "--since" in options
    )


@pytest.mark.emulator
def test_every_process_opens_a_bucket_of_its_own(hexward, url, monkeypatch):
    monkeypatch.setattr(hunting, "ALONE_BYTES", 0)
    monkeypatch.setattr(hunting, "SHARE_FILES", 1)
    code, out, _ = hexward("hunt", "s3://logs", "--endpoint-url", url, "--format", "jsonl", "-q", "--processes", "2")
    assert (code, len(out.splitlines())) == (1, 2)


@pytest.mark.emulator
def test_a_large_object_is_read_as_it_comes(hexward, url, monkeypatch):
    monkeypatch.setattr(_buckets, "SMALL_BYTES", 0)
    code, out, _ = hexward("hunt", "s3://logs", "--endpoint-url", url, "--format", "jsonl", "-q")
    assert (code, len(out.splitlines())) == (1, 2)


@pytest.mark.emulator
def test_a_region_that_is_none_is_one_line_and_2(hexward, url):
    code, _, err = hexward("hunt", "s3://logs", "--endpoint-url", url, "--region", "eu-wst-1")
    assert (code, err) == (2, "hexward: there is no region 'eu-wst-1'; did you mean eu-west-1?\n")


@pytest.mark.emulator
def test_a_baseline_is_learned_from_a_bucket(hexward, url, tmp_path):
    file = tmp_path / "usual.json"
    code, _, err = hexward("baseline", "build", "s3://logs", "--endpoint-url", url, "-o", file, "--until", "2026-04-01")
    assert code == 0
    assert "from 3 events" in err


@pytest.mark.emulator
@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("s3://nowhere/AWSLogs", "s3://nowhere/AWSLogs: there is no bucket nowhere"),
        ("s3://empty", "there are no logs"),
        ("s3://", "s3:// names no bucket"),
    ],
)
def test_a_bucket_that_is_not_there_is_one_line_and_2(hexward, url, place, says):
    code, out, err = hexward("hunt", place, "--endpoint-url", url)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert says in err


def listing(*keys: str, more: str = "") -> Reply:
    """Return S3's answer to ListObjectsV2."""
    rows = "".join(f"<Contents><Key>{key}</Key><Size>9</Size></Contents>" for key in keys)
    token = f"<NextContinuationToken>{more}</NextContinuationToken>" if more else ""
    cut = "true" if more else "false"
    return Reply(f"<ListBucketResult><IsTruncated>{cut}</IsTruncated>{token}{rows}</ListBucketResult>")


def refused(code: str, message: str = "no") -> Reply:
    return Reply(f"<Error><Code>{code}</Code><Message>{message}</Message></Error>", 403)


def account(objects: dict[str, Reply], pages: dict[str, Reply]):
    """Return an AWS of one bucket, with each page of its listing by its token."""

    def reply(asked: Request) -> Reply:
        place = urlsplit(asked.path)
        if "GetCallerIdentity" in asked.body:
            return Reply(identity())
        if "list-type" in place.query:
            return pages[parse_qs(place.query).get("continuation-token", [""])[0]]
        return objects[re.sub("^/logs/", "", place.path)]

    return Server(reply)


GOOD = Reply(json.dumps([STOPPED]))


def test_the_pages_of_a_listing_are_all_read_and_what_is_refused_is_told(hexward):
    objects = {
        "a.json": GOOD,
        "b.json": refused("AccessDenied"),
        "c.json": refused("AccessDenied", "not authorized to perform: kms:Decrypt on key"),
        "d.json": Reply(json.dumps([{**STOPPED, "eventID": "e9"}])),
    }
    pages = {"": listing("a.json", "b.json", more="t"), "t": listing("c.json", "d.json")}
    with account(objects, pages) as server:
        code, out, err = hexward("hunt", "s3://logs/x", "--endpoint-url", server.url, "--format", "jsonl", "-q")
    assert (code, len(out.splitlines())) == (3, 2)
    assert (
        "s3://logs/b.json, byte 0: the file cannot be read: AccessDenied: no (needs s3:GetObject, and kms:Decrypt"
        in err
    )
    assert "s3://logs/c.json, byte 0: the file cannot be read: AccessDenied: not authorized" in err
    assert "(needs kms:Decrypt)" in err


def test_a_listing_that_is_refused_on_its_way_is_told_and_the_rest_is_read(hexward):
    with account({"a.json": GOOD}, {"": listing("a.json", more="t"), "t": refused("AccessDenied")}) as server:
        code, out, err = hexward("hunt", "s3://logs/x", "--endpoint-url", server.url, "--format", "jsonl", "-q")
    assert (code, len(out.splitlines())) == (3, 1)
    assert (
        "s3://logs/x, byte 0: the file cannot be read: the bucket cannot be listed: AccessDenied: no (needs s3:ListBucket)"
        in err
    )


@pytest.mark.parametrize(("place", "alerts"), [("s3://logs/a.json", 1), ("s3://logs/AWSLogs/", 0)])
def test_who_may_not_list_can_name_an_object(hexward, place, alerts):
    with account({"a.json": GOOD}, {"": refused("AccessDenied")}) as server:
        code, out, err = hexward("hunt", place, "--endpoint-url", server.url, "--format", "jsonl", "-q")
    assert (code, len(out.splitlines())) == ((1, 1) if alerts else (3, 0))
    assert ("needs s3:ListBucket" in err) is not alerts
