"""Clients for an emulated AWS on this machine, which can never reach a real account."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast
from urllib.parse import SplitResult, urlsplit, urlunsplit

import boto3
import botocore.session
from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest
from botocore.config import Config
from botocore.configprovider import BOTOCORE_DEFAUT_SESSION_VARIABLES, ConfigValueStore, ConstantProvider
from botocore.exceptions import BotoCoreError, ClientError
from botocore.loaders import Loader
from botocore.tokens import TokenProviderChain

from hexward.aws.session import HOME, Connection
from hexward.model import AccountError

DUMMY_KEY = "test"
"""The access key and the secret of every request: emulators take it for the root user of their account."""


class NotLoopbackError(AccountError):
    """The endpoint, or a request on its way, is not on this machine."""


class Client(Protocol):
    """A botocore client: each operation of its service in snake case, taking and giving AWS's own field names."""

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        """Find an operation; an unknown one raises `AttributeError`."""
        ...


class Emulated:
    """The clients of one emulated account, made once per service and region; safe to share between threads.

    Nothing around the process has a say: environment variables, profiles, proxies, the metadata service and
    configured endpoints are not consulted, and each request is checked once more just before it leaves.
    """

    def __init__(self, endpoint_url: str) -> None:
        """Take an `http://` address of this machine; raises `NotLoopbackError` for any other."""
        self._netloc = _loopback_netloc(endpoint_url)
        self.endpoint_url = f"http://{self._netloc}"
        self._session = _deaf_session()
        self._clients: dict[tuple[str, str], Client] = {}
        self._lock = threading.Lock()

    def client(self, service: str, region: str) -> Client:
        """Give the client of a service, by its botocore name (`s3control`, `inspector2`), in a region."""
        with self._lock:
            if (service, region) not in self._clients:
                self._clients[service, region] = self._make(service, region)
            return self._clients[service, region]

    def call(self, call: str, region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        """Make a call named like `s3:PutBucketPolicy` and give AWS's answer; raises `AccountError` if it is refused."""
        service, _, operation = call.partition(":")
        try:
            answer = getattr(self.client(service, region), xform_name(operation))(**arguments)
        except (ClientError, BotoCoreError) as error:
            # An emulator that fails answers with a page of HTML.
            reason = str(error).partition("\n")[0]
            raise AccountError(f"{call} in {region} failed in the emulated account: {reason}") from error
        return cast("dict[str, Any]", answer)

    def connection(self) -> Connection:
        """Open the account as an audit opens a real one, through these clients alone."""
        told = self.call("sts:GetCallerIdentity", HOME, {})
        session = boto3.Session(DUMMY_KEY, DUMMY_KEY, region_name=HOME, botocore_session=self._session)
        return Connection(session, str(told["Account"]), str(told["Arn"]), "aws", self._make)

    def _make(self, service: str, region: str) -> Client:
        client = self._session.create_client(
            service,
            region_name=region,
            endpoint_url=self.endpoint_url,
            aws_access_key_id=DUMMY_KEY,
            aws_secret_access_key=DUMMY_KEY,
            verify=False,
            config=Config(
                # An empty table is not None, so botocore does not ask the environment for proxies.
                proxies={},
                # Where none is named, Bedrock presents the bearer token of the environment instead of signing.
                signature_version="s3v4" if service in {"s3", "s3control"} else "v4",
                inject_host_prefix=False,
                s3={"addressing_style": "path"},
                retries={"mode": "standard", "total_max_attempts": 2},
                connect_timeout=5,
                read_timeout=60,
            ),
        )
        client.meta.events.register_first("before-call", self._strip_host_prefix)
        client.meta.events.register_last("before-send", self._refuse_elsewhere)
        return cast("Client", client)

    def _strip_host_prefix(self, params: dict[str, Any], **_: object) -> None:
        """Undo `123456789012.127.0.0.1:5000`, which the endpoint rules of `s3control` build, before signing."""
        url = urlsplit(params["url"])
        if url.netloc.endswith(f".{self._netloc}"):
            params["url"] = urlunsplit(url._replace(netloc=self._netloc))

    def _refuse_elsewhere(self, request: AWSPreparedRequest, **_: object) -> None:
        """Stop whatever would leave the endpoint, such as a bucket that S3 says to be elsewhere."""
        url = urlsplit(request.url)
        if (url.scheme, url.netloc) != ("http", self._netloc):
            raise NotLoopbackError(f"a request to {url.netloc} was stopped: the emulated account is at {self._netloc}")


def _deaf_session() -> botocore.session.Session:
    """Make a session in which every setting is botocore's built-in default, whatever environment and files say."""
    session = botocore.session.Session()
    defaults = {name: default for name, (_, _, default, _) in BOTOCORE_DEFAUT_SESSION_VARIABLES.items()}
    # The empty path is no file, so there are no profiles.
    defaults |= {"config_file": "", "credentials_file": "", "ignore_configured_endpoint_urls": True}
    store = ConfigValueStore(mapping={name: ConstantProvider(value) for name, value in defaults.items()})
    session.register_component("config_store", store)
    session.register_component("token_provider", TokenProviderChain(providers=[]))
    # The default loader prefers API models and endpoint rules found in the home folder.
    models = Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
    session.register_component("data_loader", models)
    return session


def _loopback_netloc(endpoint_url: str) -> str:
    """Check an endpoint and spell its host and port afresh, so that what was checked is what is contacted."""
    try:
        url = urlsplit(endpoint_url)
        host, port = url.hostname or "", url.port or 80
    except ValueError as error:
        raise NotLoopbackError(f"{endpoint_url!r} is not an address: {error}") from error
    if not _is_bare_http(url) or not _is_loopback(host):
        message = (
            f"{endpoint_url!r} is not on this machine: an emulated account is at http://127.0.0.1:PORT or its like"
        )
        raise NotLoopbackError(message)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _is_bare_http(url: SplitResult) -> bool:
    """Tell whether an address is a scheme, a host and a port and nothing else (no user name before an @)."""
    nothing_more = url.path in {"", "/"} and not url.query and not url.fragment
    return url.scheme == "http" and nothing_more and "@" not in url.netloc


def _is_loopback(host: str) -> bool:
    """Tell whether a host is this machine: a loopback address, or `localhost` where it means nothing else.

    No other name is looked up: its answer may change between the look-up and the request.
    """
    addresses = [host]
    if host == "localhost":
        try:
            addresses = [str(found[4][0]) for found in socket.getaddrinfo(host, None)]
        except OSError:
            return False
    try:
        return all(ipaddress.ip_address(address).is_loopback for address in addresses)
    except ValueError:
        return False
