"""Opening an account either works or ends in one line that says what to do."""

import time

import pytest

from hexward.aws import connect
from hexward.model import AccountError, UsageError
from tests.aws.server import Reply, Request, Server, closed_port, identity, refusal

ROLE = "arn:aws:iam::111122223333:role/hexward"

ASSUMED = """<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>role-token</SessionToken>
<Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """Give each test a home of its own, and no wait between attempts."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


def refused_line(**arguments: str | None) -> str:
    began = time.monotonic()
    with pytest.raises(AccountError) as refusal:
        connect(**arguments)
    assert time.monotonic() - began < 5
    text = str(refusal.value)
    assert "\n" not in text
    return text


def test_says_whose_account_it_opened():
    with Server(Reply(identity("444455556666"))) as server:
        opened = connect(endpoint_url=server.url)
    assert (opened.account, opened.caller) == ("444455556666", "arn:aws:iam::444455556666:user/auditor")
    assert opened.partition == "aws"


def test_a_profile_that_does_not_exist_is_named():
    assert "'nobody'" in refused_line(profile="nobody")


def test_no_credentials_at_all(monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "no usable AWS credentials" in refused_line()


def test_half_a_credential(monkeypatch):
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "no usable AWS credentials" in refused_line()


def test_a_configuration_that_cannot_be_parsed(tmp_path):
    (tmp_path / "config").write_text("[default\nregion")
    assert "config" in refused_line()


def test_a_program_that_gives_no_credentials(monkeypatch, tmp_path):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    (tmp_path / "config").write_text("[default]\ncredential_process = false\n")
    assert "no usable AWS credentials" in refused_line()


def test_a_sign_in_that_was_never_made(monkeypatch, tmp_path):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    (tmp_path / "config").write_text(
        "[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://localhost/start\n"
        "[profile p]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = auditor\n"
    )
    assert "aws sso login" in refused_line(profile="p")


@pytest.mark.parametrize("code", ["ExpiredToken", "ExpiredTokenException"])
def test_credentials_that_have_expired(code):
    with Server(refusal(code)) as server:
        assert "expired" in refused_line(endpoint_url=server.url)


def test_credentials_that_aws_does_not_know():
    with Server(refusal("InvalidClientTokenId")) as server:
        assert "AWS refuses these credentials" in refused_line(endpoint_url=server.url)


def test_an_end_point_where_nothing_listens():
    url = closed_port()
    assert f"AWS cannot be reached at {url}" in refused_line(endpoint_url=url)


@pytest.mark.parametrize(
    "url", ["", "localhost", "http://", "http://[", "ftp://127.0.0.1", "http://127.0.0.1:99999", "\n"]
)
def test_an_end_point_that_is_no_address(url):
    refused_line(endpoint_url=url)


@pytest.mark.parametrize(
    "body",
    [
        "", "<html><body>It works!</body></html>", "<a><b>", "{}", "[]", '"text"', b"\xff\xfe\x00",
        "<GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>",
    ],
)  # fmt: skip
def test_a_server_that_is_not_aws(body):
    with Server(Reply(body)) as server:
        assert server.url in refused_line(endpoint_url=server.url)


@pytest.mark.parametrize("status", [301, 404, 500, 503])
def test_a_server_that_fails(status):
    with Server(Reply("<html>\nno\n</html>", status)) as server:
        refused_line(endpoint_url=server.url)


@pytest.mark.parametrize("region", ["mars", "us-east-1\n", "not a region"])
def test_a_region_that_is_none(monkeypatch, region):
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    with Server(Reply(identity())) as server:
        refused_line(endpoint_url=server.url)


@pytest.mark.parametrize("arn", ["", "hexward", "role/hexward", "arn:aws:iam::111122223333:user/x", ":role/"])
def test_what_is_not_the_arn_of_a_role_is_refused_before_anything_is_asked(arn):
    with Server(Reply(identity())) as server, pytest.raises(UsageError, match="is not the ARN of a role"):
        connect(role_arn=arn, endpoint_url=server.url)
    assert server.seen == []


def test_a_role_that_may_not_be_assumed_is_named():
    with Server(refusal("AccessDenied")) as server:
        assert f"{ROLE} cannot be assumed" in refused_line(role_arn=ROLE, endpoint_url=server.url)


def test_a_role_speaks_with_its_own_credentials_and_the_external_id():
    def reply(request: Request) -> Reply:
        return Reply(ASSUMED if "Action=AssumeRole" in request.body else identity())

    with Server(reply) as server:
        connect(role_arn=ROLE, external_id="only-we-two", endpoint_url=server.url)
    assume, who = server.seen
    assert "ExternalId=only-we-two" in assume.body
    assert who.headers["X-Amz-Security-Token"] == "role-token"
