"""Runs the command line in this process, and holds the folders and the silent AWS that its tests share."""

import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from hexward.cli import main
from hexward.inventory import GLOBAL, Inventory
from hexward.inventory.run import About, Run, kinds
from tests.build import ACCOUNT, NOW, REGION
from tests.controls.encryption import test_key_rotation_yearly as rotation

IDENTITY = (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
    f"<Arn>arn:aws:iam::{ACCOUNT}:user/auditor</Arn><UserId>A</UserId><Account>{ACCOUNT}</Account>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>"
)

SUMMARY = (
    '<GetAccountSummaryResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetAccountSummaryResult><SummaryMap>'
    "<entry><key>AccountMFAEnabled</key><value>1</value></entry>"
    "</SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>"
)

PASSWORDS = (
    '<GetAccountPasswordPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetAccountPasswordPolicyResult>'
    "<PasswordPolicy><MinimumPasswordLength>14</MinimumPasswordLength></PasswordPolicy>"
    "</GetAccountPasswordPolicyResult></GetAccountPasswordPolicyResponse>"
)

ANSWERS = {
    b"GetCallerIdentity": IDENTITY,
    b"GetAccountSummary": SUMMARY,
    b"GetAccountPasswordPolicy": PASSWORDS,
}


class Told(NamedTuple):
    """What a command told."""

    code: int
    out: str
    err: str


type Hexward = Callable[..., Told]


@pytest.fixture
def hexward(monkeypatch, capfd) -> Iterator[Hexward]:
    """Run `hexward` with some arguments."""

    def run(*arguments: str | Path) -> Told:
        monkeypatch.setattr("sys.argv", ["hexward", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return Told(int(ended.value.code or 0), out, err)

    before = signal.getsignal(signal.SIGTERM)
    yield run
    signal.signal(signal.SIGTERM, before)


def kept(inventory: Inventory, folder: Path, *, complete: bool = True) -> Path:
    """Write an inventory as the folder of a run in which every kind was listed to its end."""
    run = Run(About(account=ACCOUNT, regions=(REGION,), collected_at=NOW), folder)
    for one in inventory:
        run.add(one)
    for kind in kinds().values():
        run.listed(kind, GLOBAL, None)
    run.finish(complete=complete)
    return folder


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Return a run whose one key rotates."""
    return kept(rotation.PASS, tmp_path / "good")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """Return a run whose one key does not rotate often enough."""
    return kept(rotation.FAIL, tmp_path / "bad")


@dataclass
class Silent:
    """An AWS that says who asks and sums IAM up, and takes every other request without ever answering."""

    url: str
    asked: threading.Event = field(default_factory=threading.Event)
    """Set once something else was asked."""


@pytest.fixture
def silent() -> Iterator[Silent]:
    """Start a silent AWS on a loopback port."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told = next((answer for action, answer in ANSWERS.items() if action in body), None)
            if told is None:
                aws.asked.set()
                over.wait()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told.encode())

        do_GET = do_POST = do_PUT = do_HEAD = handle_any  # noqa: N815  (the names that the server calls)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        aws = Silent(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield aws
        over.set()
        server.shutdown()
        thread.join()
