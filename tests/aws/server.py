"""A server on loopback that answers every request as a test says."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


@dataclass(frozen=True)
class Request:
    """What a client asked: the `Action` of the query services is in the body, the operation of others in `X-Amz-Target`."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Reply:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


type Replying = Callable[[Request], Reply]


class Server(ThreadingHTTPServer):
    """Serves while the block lasts, and keeps what was asked in `seen`."""

    daemon_threads = True

    def __init__(self, reply: Reply | Replying) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply: Replying = reply if callable(reply) else lambda _: reply
        self.seen: list[Request] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        asked = Request(self.path, dict(self.headers), body)
        self.server.seen.append(asked)
        reply = self.server.reply(asked)
        content = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


def closed_port() -> str:
    """Return the address of a port where nothing listens."""
    with Server(Reply()) as server:
        return server.url


def identity(account: str = "111122223333") -> str:
    """Return STS's answer to GetCallerIdentity."""
    return f"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Account>{account}</Account><Arn>arn:aws:iam::{account}:user/auditor</Arn><UserId>AIDA</UserId>
</GetCallerIdentityResult></GetCallerIdentityResponse>"""


def refusal(code: str, status: int = 403) -> Reply:
    """Return a refusal as the query services write it."""
    error = f"<Error><Code>{code}</Code><Message>told by\n a test</Message></Error>"
    return Reply(f"<ErrorResponse>{error}<RequestId>1</RequestId></ErrorResponse>", status)
