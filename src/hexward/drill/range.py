"""The range: an emulated AWS account on this machine, started for a drill or a demo and always stopped."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hexward.model import HexwardError

_START_TIMEOUT_SECONDS = 60
_STOP_TIMEOUT_SECONDS = 5


class RangeError(HexwardError):
    """The emulated account cannot be started on this machine."""


@dataclass(frozen=True)
class Range:
    """A running emulated account, which holds nothing at first."""

    endpoint_url: str
    """Where each of its services answers, such as `http://127.0.0.1:40123`."""
    process_id: int
    log: Path
    """What the emulator prints; the file is removed with the range unless the emulator ended by itself."""


@contextmanager
def emulated_account() -> Iterator[Range]:
    """Start moto's server on a free loopback port, and stop it whichever way the block is left.

    Raises `RangeError` if moto is not installed, or does not answer within a minute.
    """
    if not all(importlib.util.find_spec(module) for module in ("moto", "flask_cors")):
        raise RangeError("the emulated account needs moto: pip install 'hexward[demo]'")
    log = _new_log()
    with _start(log) as process:
        try:
            yield Range(f"http://127.0.0.1:{_port(process, log)}", process.pid, log)
        finally:
            _stop(process, log)


def _new_log() -> Path:
    descriptor, name = tempfile.mkstemp(prefix="hexward-range-", suffix=".log")
    os.close(descriptor)
    return Path(name)


def _start(log: Path) -> subprocess.Popen[str]:
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "hexward.drill.server", str(log)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
            env=_environment(),
            # Ctrl-C in a terminal reaches its whole group; the server must outlive it until the block is left.
            start_new_session=True,
        )


def _environment() -> dict[str, str]:
    """Make the server's environment: ours without what would configure AWS or moto, and what the drills rely on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MOTO_"))}
    # Without the first, AdministratorAccess and its like do not exist; the second leaves out stock images.
    return kept | {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}


def _port(process: subprocess.Popen[str], log: Path) -> int:
    """Wait for the line in which the server says its port."""
    deadline = threading.Timer(_START_TIMEOUT_SECONDS, process.kill)
    deadline.start()
    try:
        line = process.stdout.readline() if process.stdout else ""
    finally:
        deadline.cancel()
    if not line:
        process.wait()
        raise RangeError(f"the emulated account did not start; its log is {log}")
    return int(line)


def _stop(process: subprocess.Popen[str], log: Path) -> None:
    """End the server, by force if it does not heed a request, and drop its log unless that explains a failure."""
    ended_by_itself = process.poll() is not None
    process.terminate()
    try:
        process.wait(_STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if not ended_by_itself:
        log.unlink()
