"""Clients of the emulated account reach this machine only, whatever the environment says."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast

import pytest
from botocore.exceptions import ClientError

from hexward.aws.emulated import DUMMY_KEY, Emulated, NotLoopbackError
from hexward.drill.range import Range, emulated_account
from hexward.model import HexwardError

if TYPE_CHECKING:
    from botocore.client import BaseClient

IDENTITY = b"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:root</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>"""


class Recorder(ThreadingHTTPServer):
    """A server that keeps the headers of each request and gives the same answer to all."""

    def __init__(self, status=200, body=IDENTITY, headers=()):
        super().__init__(("127.0.0.1", 0), _Answer)
        self.answer = (status, body, headers)
        self.seen = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return super().__enter__()

    def __exit__(self, *error):
        self.shutdown()
        super().__exit__(*error)


class _Answer(BaseHTTPRequestHandler):
    server: Recorder

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, body, headers = self.server.answer
        self.server.seen.append(self.headers)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_):
        """Say nothing on standard error."""


@pytest.fixture(scope="module")
def account() -> Iterator[Range]:
    with emulated_account() as running:
        yield running


@pytest.fixture
def contacted(monkeypatch):
    """Record every address that this process connects or sends a datagram to."""
    addresses = []

    def recorded(method):
        real = getattr(socket.socket, method)

        def call(self, *arguments):
            addresses.append(arguments[-1])
            return real(self, *arguments)

        monkeypatch.setattr(socket.socket, method, call)

    for method in ("connect", "connect_ex", "sendto"):
        recorded(method)
    return addresses


@pytest.fixture
def real_looking_environment(monkeypatch, tmp_path):
    """Lead each of boto3's own ways to find an account elsewhere: to a closed port or a missing file."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        elsewhere = f"http://127.0.0.1:{held.getsockname()[1]}"
    config = tmp_path / "config"
    config.write_text(
        f"[profile prod]\nregion = eu-north-1\nendpoint_url = {elsewhere}\nca_bundle = {tmp_path}/missing.pem\n"
        f"aws_access_key_id = AKIAPROFILEPROFILE01\naws_secret_access_key = profile\ndefaults_mode = auto\n"
    )
    for name in (
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_S3",
        "AWS_ENDPOINT_URL_STS",
        "AWS_ENDPOINT_URL_BEDROCK",
    ):
        monkeypatch.setenv(name, elsewhere)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, elsewhere)
        monkeypatch.setenv(name.lower(), elsewhere)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIAREALREALREALREAL",
        "AWS_SECRET_ACCESS_KEY": "real",
        "AWS_SESSION_TOKEN": "real",
        "AWS_BEARER_TOKEN_BEDROCK": "real",
        "AWS_PROFILE": "prod",
        "AWS_DEFAULT_REGION": "eu-north-1",
        "AWS_DEFAULTS_MODE": "auto",
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": str(config),
        "AWS_CA_BUNDLE": str(tmp_path / "missing.pem"),
        "REQUESTS_CA_BUNDLE": str(tmp_path / "missing.pem"),
        "AWS_DATA_PATH": str(tmp_path),
        "AWS_CSM_ENABLED": "true",
        "AWS_USE_FIPS_ENDPOINT": "true",
        "AWS_USE_DUALSTACK_ENDPOINT": "true",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": elsewhere,
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": elsewhere,
        "AWS_MAX_ATTEMPTS": "0",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1@example.com",
        "http://127.0.0.1:80@example.com:80",
        "http://user@127.0.0.1:80",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1\t.example.com",
        "http://127.0.0.1\\@example.com",
        "http://example.com#@127.0.0.1",
        "http://example.com/?http://127.0.0.1",
        "http://127.0.0.1/path",
        "http://localhost.example.com",
        "http://localhost.",
        "http://loopback.example",
        "http://127.1",
        "http://2130706433",
        "http://0.0.0.0:4566",
        "http://169.254.169.254",
        "http://[::ffff:8.8.8.8]",
        "http://[fe80::1%25lo]",
        "http://[::1",
        "http://127.0.0.1:99999",
        "https://sts.amazonaws.com",
        "https://127.0.0.1",
        "file:///etc/passwd",
        "127.0.0.1:4566",
        "",
    ],
)
def test_refuses_what_is_not_this_machine_in_one_line(url):
    with pytest.raises(NotLoopbackError) as refusal:
        Emulated(url)
    assert isinstance(refusal.value, HexwardError)
    assert str(refusal.value).splitlines() == [str(refusal.value)]


@pytest.mark.parametrize(
    ("url", "contacted_url"),
    [
        ("http://127.0.0.1:4566/", "http://127.0.0.1:4566"),
        ("http://127.9.9.9", "http://127.9.9.9:80"),
        ("http://[::1]:4566", "http://[::1]:4566"),
        ("HTTP://LOCALHOST:4566", "http://localhost:4566"),
    ],
)
def test_accepts_the_addresses_of_this_machine(url, contacted_url):
    assert Emulated(url).endpoint_url == contacted_url


def test_refuses_a_localhost_that_is_another_machine(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [(2, 1, 6, "", ("192.0.2.1", 0))])
    with pytest.raises(NotLoopbackError):
        Emulated("http://localhost:4566")


@pytest.mark.emulator
@pytest.mark.usefixtures("real_looking_environment")
def test_works_in_a_real_looking_environment_and_contacts_nothing_else(account, contacted):
    emulated = Emulated(account.endpoint_url)
    emulated.client("s3", "eu-west-1").create_bucket(
        Bucket="environment", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    emulated.client("s3", "eu-west-1").put_object(Bucket="environment", Key="a b/ü", Body=b"text")
    emulated.client("bedrock", "us-west-2").list_custom_models()
    caller = emulated.client("sts", "us-east-1").get_caller_identity()

    assert caller["Account"] == "123456789012"
    assert set(contacted) == {("127.0.0.1", int(account.endpoint_url.rpartition(":")[2]))}


@pytest.mark.parametrize(
    ("service", "operation"),
    [("sts", "get_caller_identity"), ("s3", "list_buckets"), ("bedrock", "list_guardrails")],
)
@pytest.mark.usefixtures("real_looking_environment")
def test_signs_with_the_dummy_key_whatever_the_environment_holds(service, operation):
    with Recorder(body=b"{}" if service == "bedrock" else IDENTITY) as server:
        getattr(Emulated(server.url).client(service, "eu-west-1"), operation)()
    (headers,) = server.seen
    assert f"Credential={DUMMY_KEY}/" in headers["Authorization"]
    assert "/eu-west-1/" in headers["Authorization"]
    assert headers["X-Amz-Security-Token"] is None


@pytest.mark.emulator
def test_reaches_s3control_whose_requests_name_the_account_in_the_host(account):
    settings = {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }
    control = Emulated(account.endpoint_url).client("s3control", "us-east-1")
    control.put_public_access_block(AccountId="123456789012", PublicAccessBlockConfiguration=settings)
    assert control.get_public_access_block(AccountId="123456789012")["PublicAccessBlockConfiguration"] == settings


def test_follows_no_redirect_away_from_the_endpoint():
    with Recorder() as elsewhere:
        headers = (("Location", elsewhere.url), ("x-amz-bucket-region", "eu-west-1"))
        with Recorder(status=307, body=b"", headers=headers) as server:
            client = Emulated(server.url).client("s3", "us-east-1")
            with pytest.raises(ClientError):
                client.list_objects_v2(Bucket="moved")
    assert server.seen
    assert not elsewhere.seen


def test_stops_a_request_that_was_turned_elsewhere_on_its_way():
    with Recorder() as elsewhere, Recorder() as server:
        client = Emulated(server.url).client("sts", "us-east-1")
        cast("BaseClient", client).meta.events.register(
            "before-call", lambda params, **_: params.update(url=elsewhere.url)
        )
        with pytest.raises(NotLoopbackError, match="was stopped"):
            client.get_caller_identity()
    assert not elsewhere.seen
    assert not server.seen


def test_makes_each_client_once():
    emulated = Emulated("http://127.0.0.1:4566")
    assert emulated.client("sts", "eu-west-1") is emulated.client("sts", "eu-west-1")
    assert emulated.client("sts", "eu-west-1") is not emulated.client("sts", "us-east-1")
