"""Starts and stops the emulators of `make range`, and audits what answers there as a user would."""

import http.client
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
ENCLOSED = Path(__file__).with_name("enclosed.py")
START_TIMEOUT_SECONDS = 120
STOP_TIMEOUT_SECONDS = 30
ROOT_KEY = "test"
"""Stands for the root user of the emulated account."""


@dataclass(frozen=True)
class Emulator:
    """A running emulator, which holds nothing at first."""

    endpoint_url: str
    log: Path
    """What the emulator prints."""


@dataclass(frozen=True)
class Told:
    """What a run of `hexward` left: its exit code and its two outputs."""

    code: int
    stdout: str
    stderr: str

    @property
    def document(self) -> dict[str, Any]:
        """Standard output, which is one JSON document."""
        return cast("dict[str, Any]", json.loads(self.stdout))


def free_port() -> int:
    """Find a port that nobody on this machine listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def enclosure() -> list[str]:
    """Return what starts a program in a network namespace of its own; nothing where the kernel forbids that."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode:
        return []
    return [unshare, "-rn"]


@contextmanager
def localemu(folder: Path, **settings: str) -> Iterator[Emulator]:
    """Run LocalEmu on its own loopback; where namespaces are forbidden it listens on all interfaces of this machine.

    It keeps a certificate and a catalog of services in /var/lib/localemu, if it may write there, and cannot be told otherwise.
    """
    port = free_port()
    command = [program("localemu", "localemu"), "start", "--host", "127.0.0.1", "--port", str(port)]
    with started(command, port, folder, {"LS_LOG": "warn", **settings}) as running:
        yield running


@contextmanager
def ministack(folder: Path) -> Iterator[Emulator]:
    """Run MiniStack, which binds loopback where it is told to."""
    port = free_port()
    own = {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1"}
    with started([program("ministack", "ministack")], port, folder, own) as running:
        yield running


def program(emulator: str, name: str) -> str:
    """Return a program of an emulator's environment; skips the test where `make range` has not made it."""
    path = ROOT / ".range" / emulator / "bin" / name
    if not path.exists():
        pytest.skip(f".range/{emulator} is absent; `make range` installs it")
    return str(path)


@contextmanager
def started(command: list[str], port: int, folder: Path, settings: Mapping[str, str]) -> Iterator[Emulator]:
    """Start an emulator that listens on a port, wait until it is ready, and stop it whichever way the block is left."""
    log = folder / "emulator.log"
    passed = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    with socket.create_server(("127.0.0.1", 0)) as outside, log.open("wb") as output:
        endpoint_url = f"http://127.0.0.1:{outside.getsockname()[1]}"
        process = subprocess.Popen(
            [*enclosure(), sys.executable, str(ENCLOSED), str(outside.fileno()), str(port), *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            env={**passed, "HOME": str(folder), "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1", **settings},
            pass_fds=[outside.fileno()],
            start_new_session=True,
        )
    with process:
        try:
            assert process.stdout is not None
            spoke, _, _ = select.select([process.stdout], [], [], START_TIMEOUT_SECONDS)
            if not spoke or not process.stdout.readline():
                pytest.fail(f"the emulator did not start:\n{tail(log)}")
            wait_for_an_answer(endpoint_url, log)
            yield Emulator(endpoint_url, log)
        finally:
            process.terminate()
            try:
                process.wait(STOP_TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for_an_answer(endpoint_url: str, log: Path) -> None:
    """Ask until an emulator answers anything at all: some say that they are ready a moment before they listen."""
    address = urlsplit(endpoint_url)
    until = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < until:
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    pytest.fail(f"the emulator does not answer:\n{tail(log)}")


def tail(log: Path) -> str:
    """Return the end of a log."""
    return log.read_text(errors="replace")[-4000:]


def hexward(*arguments: str, state: Path, key: str = ROOT_KEY, secret: str = ROOT_KEY) -> Told:
    """Run the command line as a user does, with these credentials and nothing of the person who runs the tests.

    What it says beside the document is printed, so that pytest shows it where a test fails.
    """
    own = {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret, "XDG_STATE_HOME": str(state)}
    done = subprocess.run(
        [sys.executable, "-m", "hexward", *arguments],
        capture_output=True, text=True, check=False, timeout=300, env=os.environ | own,
    )  # fmt: skip
    print(f"exit code {done.returncode}\n{done.stderr[-4000:]}")  # noqa: T201
    return Told(done.returncode, done.stdout, done.stderr)


def audit(running: Emulator, *more: str, state: Path, key: str = ROOT_KEY, secret: str = ROOT_KEY) -> Told:
    """Audit one region of an emulated account, and print the end of the emulator's log."""
    asked = ("audit", "--endpoint-url", running.endpoint_url, "--region", "us-east-1", "--format", "json", *more)
    told = hexward(*asked, state=state, key=key, secret=secret)
    print(tail(running.log))  # noqa: T201
    return told
