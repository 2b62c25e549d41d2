"""Calls to a server on loopback through botocore itself: pages, deadlines, renewals, and answers that are not AWS's."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from operator import length_hint
from types import SimpleNamespace
from urllib.parse import urlsplit

import boto3
import botocore.session
import pytest
from botocore.credentials import RefreshableCredentials

from hexward.aws import Connection, Live, Reader, connect
from hexward.aws import read as read_module
from hexward.model import Reason
from tests.aws.server import Reply, Replying, Request, Server, identity, refusal
from tests.build import ACCOUNT, REGION

type Opening = Callable[[Replying], tuple[Server, Connection]]


@pytest.fixture
def opened(monkeypatch) -> Iterator[Opening]:
    """Open an account at a server that answers as told, without waiting between attempts."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    servers: list[Server] = []

    def open_(replying: Replying) -> tuple[Server, Connection]:
        server = Server(lambda asked: Reply(identity()) if "GetCallerIdentity" in asked.body else replying(asked))
        servers.append(server)
        server.__enter__()
        connection = connect(endpoint_url=server.url)
        server.seen.clear()
        return server, connection

    yield open_
    for server in servers:
        server.__exit__()


def two_pages(request: Request) -> Reply:
    second = "Marker" in request.body
    return Reply(
        '{"Keys": [{"KeyId": "b"}]}' if second else '{"Keys": [{"KeyId": "a"}], "Truncated": true, "NextMarker": "m"}'
    )


def test_follows_the_pages(opened):
    server, connection = opened(two_pages)
    reader = Reader(Live(connection), ACCOUNT)
    answer = reader.read("kms", "ListKeys", REGION)
    assert [key["KeyId"] for key in answer.data["Keys"]] == ["a", "b"]
    assert reader.calls.total() == len(server.seen) == 2


def test_follows_pages_that_botocore_does_not_know_of(opened):
    def credentials(name: str, more: str = "") -> Reply:
        inside = f"<ServiceSpecificCredentials><member><UserName>{name}</UserName></member></ServiceSpecificCredentials>{more}"
        result = f"<ListServiceSpecificCredentialsResult>{inside}</ListServiceSpecificCredentialsResult>"
        return Reply(f"<ListServiceSpecificCredentialsResponse>{result}</ListServiceSpecificCredentialsResponse>")

    def two(request: Request) -> Reply:
        more = "<IsTruncated>true</IsTruncated><Marker>m</Marker>"
        return credentials("second") if "Marker=m" in request.body else credentials("first", more)

    _, connection = opened(two)
    answer = Reader(Live(connection), ACCOUNT).read("iam", "ListServiceSpecificCredentials", REGION, AllUsers=True)
    assert [one["UserName"] for one in answer.data["ServiceSpecificCredentials"]] == ["first", "second"]


def test_follows_a_token_where_botocore_has_no_paginator(opened):
    def reply(request: Request) -> Reply:
        second = "nextToken=m" in request.path
        plan = f'{{"malwareProtectionPlanId": "{"b" if second else "a"}"}}'
        return Reply(f'{{"malwareProtectionPlans": [{plan}]{"" if second else ', "nextToken": "m"'}}}')

    server, connection = opened(reply)
    answer = Reader(Live(connection), ACCOUNT).read("guardduty", "ListMalwareProtectionPlans", REGION)
    assert [plan["MalwareProtectionPlanId"] for plan in answer.data["MalwareProtectionPlans"]] == ["a", "b"]
    assert len(server.seen) == 2


@pytest.mark.parametrize(("more", "reason"), [("", None), ('{"Name": "b"}', Reason.MALFORMED)])
def test_a_token_that_comes_again_ends_a_list_if_nothing_comes_with_it(opened, more, reason):
    def reply(request: Request) -> Reply:
        acls = more if '"NextMarker"' in request.body else '{"Name": "a"}'
        return Reply(f'{{"WebACLs": [{acls}], "NextMarker": "m"}}')

    server, connection = opened(reply)
    answer = Reader(Live(connection), ACCOUNT).read("wafv2", "ListWebACLs", REGION, Scope="REGIONAL")
    assert answer.data["WebACLs"][0] == {"Name": "a"}
    assert (answer.gap and answer.gap.reason) == reason
    assert len(server.seen) == 2


def test_counts_attempts_too(opened):
    attempts = count()
    _, connection = opened(lambda _: Reply('{"Keys": []}') if next(attempts) else Reply("{}", 503))
    live = Live(connection)
    reader = Reader(live, ACCOUNT)
    assert reader.read("kms", "ListKeys", REGION).gap is None
    assert (live.requests.total(), reader.calls.total()) == (2, 1)


def test_nothing_is_asked_after_the_deadline(opened):
    server, connection = opened(two_pages)
    answer = Reader(Live(connection, deadline=-1)).read("kms", "ListKeys", REGION)
    assert answer.gap is not None
    assert answer.gap.reason is Reason.TIMED_OUT
    assert server.seen == []


def test_the_deadline_holds_for_all_pages_together(opened, monkeypatch):
    _, connection = opened(two_pages)
    clock = count(0, 40)
    monkeypatch.setattr(read_module, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    answer = Reader(Live(connection, deadline=60)).read("kms", "ListKeys", REGION)
    assert [key["KeyId"] for key in answer.data["Keys"]] == ["a"]
    assert answer.gap is not None
    assert (answer.gap.reason, answer.gap.detail) == (Reason.TIMED_OUT, "no answer within 60 seconds")


def test_a_refusal_is_a_gap(opened):
    _, connection = opened(lambda _: refusal("AccessDenied"))
    answer = Reader(Live(connection)).read("iam", "GetAccountSummary", REGION)
    assert answer.gap is not None
    assert (answer.gap.reason, answer.gap.action) == (Reason.DENIED, "iam:GetAccountSummary")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_account_is_left_out_of_the_address(opened, host):
    block = "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>"
    server, _ = opened(lambda _: Reply(block))
    connection = connect(endpoint_url=f"http://{host}:{server.server_port}")
    server.seen.clear()
    answer = Reader(Live(connection), ACCOUNT).read("s3control", "GetPublicAccessBlock", REGION, AccountId=ACCOUNT)
    assert answer.data == {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True}}
    [asked] = server.seen
    assert asked.headers["Host"] == f"{host}:{server.server_port}"
    assert asked.headers["x-amz-account-id"] == ACCOUNT


CALLS = {
    "json": ("kms", "ListKeys", {}),
    "json with arguments": ("sagemaker", "DescribeNotebookInstance", {"NotebookInstanceName": "n"}),
    "rest-json": ("lambda", "ListFunctions", {}),
    "rest-json in camel case": ("guardduty", "GetDetector", {"DetectorId": "d"}),
    "rest-xml": ("s3", "GetBucketEncryption", {"Bucket": "b"}),
    "list in rest-xml": ("s3", "ListBuckets", {}),
    "query": ("iam", "GetAccountSummary", {}),
    "ec2": ("ec2", "DescribeSubnets", {}),
}
BODIES: list[str | bytes] = [
    "", "null", "5", '"text"', "[]", "[[]]", "{", '{"Keys": 5}', '{"Keys": {"a": 1}}', '{"Keys": [5]}', '{"Functions": "x"}',
    '{"CreationTime": "soon"}', '{"CreationTime": {}}', '{"CreationTime": 1e400}', '{"features": [[]]}', "<a/>", "<a>", "<html>no</html>",
    "<GetAccountSummaryResponse><SummaryMap><entry><value>x</value></entry></SummaryMap></GetAccountSummaryResponse>",
    ("<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>a</key><value>x</value></entry></SummaryMap>"
    "</GetAccountSummaryResult></GetAccountSummaryResponse>"),
    "<ListAllMyBucketsResult><Buckets><Bucket><CreationDate>soon</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>",
    ("<DescribeSubnetsResponse><subnetSet><item><availableIpAddressCount>x</availableIpAddressCount></item></subnetSet>"
    "</DescribeSubnetsResponse>"),
    b"\xff\xfe\x00", b"\x00" * 10,
]  # fmt: skip


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_no_body_makes_reading_raise(opened, call):
    service, operation, arguments = call
    replies = iter(BODIES)
    _, connection = opened(lambda _: Reply(next(replies)))
    reader = Reader(Live(connection), ACCOUNT)
    while length_hint(replies):
        answer = reader.read(service, operation, REGION, **arguments)
        assert isinstance(answer.data, dict)
        assert answer.gap is None or answer.gap.reason in {Reason.MALFORMED, Reason.FAILED, Reason.UNREACHABLE}


def test_an_answer_of_another_shape_is_malformed(opened):
    _, connection = opened(lambda _: Reply('{"Keys": [5]}'))
    answer = Reader(Live(connection)).read("kms", "ListKeys", REGION)
    assert answer.gap is not None
    assert answer.gap.reason is Reason.MALFORMED


def test_credentials_that_are_expired_once_renewed_are_a_gap(opened):
    server, _ = opened(two_pages)

    def renewed() -> dict[str, str]:
        past = datetime.now(UTC) - timedelta(hours=1)
        return {"access_key": "a", "secret_key": "s", "token": "t", "expiry_time": past.isoformat()}

    core = botocore.session.Session()
    expired = RefreshableCredentials.create_from_metadata(renewed(), renewed, "test")
    core._credentials = expired  # type: ignore[attr-defined]  # noqa: SLF001
    session = boto3.Session(botocore_session=core, region_name=REGION)

    def client(service: str, region: str) -> object:
        return session.client(service, region_name=region, endpoint_url=server.url)

    answer = Reader(Live(Connection(session, ACCOUNT, "", "aws", client))).read("kms", "ListKeys", REGION)
    assert answer.gap is not None
    assert answer.gap.reason is Reason.EXPIRED
    assert urlsplit(server.url).port not in {None, 0}
