"""Starts emulators that others wrote, each a program in an environment of its own (`make range`), and stops just what it started."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hexward.drill.range import emulated_account

RANGE = Path(__file__).parents[2] / ".range"
START_SECONDS = 90
STOP_SECONDS = 20


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(program: str, arguments: list[str], settings: dict[str, str], port: int, work: Path) -> Iterator[str]:
    """Run an emulator until it answers, yield its address, and end it by its own process id."""
    path = RANGE / program / "bin" / program
    if not path.exists():
        pytest.skip(f"{program} is not installed: make range")
    log = work / f"{program}.log"
    environment = {"PATH": os.environ["PATH"], "HOME": str(work), "TMPDIR": str(work), **settings}
    with log.open("wb") as output:
        process = subprocess.Popen([path, *arguments], env=environment, stdout=output, stderr=output, cwd=work)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(process, url, log)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2)  # noqa: S310  (an address of this machine)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the emulator did not start: {log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    """Run moto's server, empty."""
    with emulated_account() as account:
        yield account.endpoint_url


@pytest.fixture(scope="session")
def ministack_url(tmp_path_factory) -> Iterator[str]:
    """Run MiniStack, empty; it checks no rights."""
    port = free_port()
    settings = {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1"}
    with running("ministack", [], settings, port, tmp_path_factory.mktemp("ministack")) as url:
        yield url


@pytest.fixture(scope="session")
def localemu_url(tmp_path_factory) -> Iterator[str]:
    """Run LocalEmu with IAM enforced. It listens on all interfaces whatever it is told, and holds nothing but test data."""
    port = free_port()
    work = tmp_path_factory.mktemp("localemu")
    settings = {
        "LS_LOG": "warn",
        "IAM_ENFORCEMENT": "1",
        "ROOT_ACCESS_KEYS": "test",
        "CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES": "0",
        "DATA_DIR": str(work / "data"),
    }
    with running("localemu", ["start", "--host", "127.0.0.1", "--port", str(port)], settings, port, work) as url:
        yield url
