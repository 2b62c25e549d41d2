"""What only a process of its own can show: closed pipes, signals, and what is imported."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hexward.inventory import Account
from hexward.inventory.run import kinds, load
from tests.build import ACCOUNT
from tests.cli.conftest import Silent
from tests.detections.overlay import CLOUDTRAIL

CONTROL = ("--control", "encryption.key_rotation_yearly")
HEXWARD = (sys.executable, "-m", "hexward")


def into_nobody(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command whose output nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return subprocess.run([*HEXWARD, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)


@pytest.mark.parametrize("form", ["terminal", "json"])
def test_a_closed_pipe_is_silent_and_changes_no_exit_code(bad, tmp_path, form):
    file = tmp_path / "told.json"
    ended = into_nobody("audit", "--inventory", bad, *CONTROL, "--format", form, "--format", f"json:{file}")
    assert (ended.returncode, ended.stderr) == (1, b"")
    assert json.loads(file.read_text())["findings"]


@pytest.mark.parametrize("form", ["terminal", "jsonl", "ocsf"])
@pytest.mark.parametrize(("name", "code"), [("StopLogging", 1), ("GetTrailStatus", 0)])
def test_a_hunt_tells_by_its_exit_code_what_nobody_read(tmp_path, form, name, code):
    own = {"eventSource": "cloudtrail.amazonaws.com", "eventName": name, "eventTime": "2026-03-14T02:17:00Z"}
    records = [{**CLOUDTRAIL, **own, "eventID": f"e{number}"} for number in range(3)]
    (tmp_path / "a.json").write_text(json.dumps({"Records": records}))
    ended = into_nobody("hunt", tmp_path / "a.json", "--format", form, "--quiet")
    assert ended.returncode == code
    assert all(line.endswith(b" blind") for line in ended.stderr.splitlines())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["explain", CONTROL[1]], ["doctor", "--policy"]])
def test_a_verb_that_a_closed_pipe_cut_off_is_silent_and_promises_nothing(arguments):
    ended = into_nobody(*arguments)
    assert (ended.returncode, ended.stderr) == (3, b"")


@pytest.mark.parametrize("arguments", [["--help"], ["doctor", "--policy"], ["audit", "--inventory", "{bad}"]])
def test_standard_output_that_is_full_is_one_line(bad, arguments):
    filled = [argument.format(bad=bad) for argument in arguments]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([*HEXWARD, *filled], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode in {2, 4}
    [line] = ended.stderr.splitlines()
    assert line.startswith("hexward: ")
    assert "No space left on device" in line


def appears(file: Path, text: bytes) -> bool:
    """Wait at most a minute until a file holds a text."""
    tick = threading.Event()
    looks = (file.exists() and text in file.read_bytes() for _ in range(600))
    return any(found or tick.wait(0.1) for found in looks)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_collection_leaves_a_run_at_once(silent: Silent, tmp_path, number):
    folder = tmp_path / "run"
    options = ["--region", "us-east-1", "--endpoint-url", silent.url, "--run", str(folder), "--quiet"]
    with subprocess.Popen(
        [*HEXWARD, "audit", *options, *CONTROL, "--control", "identity.root_protected"], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert silent.asked.wait(60)
        assert appears(folder / "inventory.jsonl", b'"listed":"Account"')
        began = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
        assert time.monotonic() - began < 5
    assert (process.returncode, out) == (3, "")
    assert err == f"hexward: interrupted; `hexward audit --resume {folder}` goes on with it\n"
    run = load(folder)
    assert not run.about.complete
    assert [one.arn for one in run.inventory()] == [f"arn:aws:iam::{ACCOUNT}:root"]
    assert {kind for kind, _ in run.inventory().unlisted} == {*kinds().values()} - {Account}


def test_an_interruption_before_the_account_is_known_leaves_nothing(silent: Silent, tmp_path):
    # A proxy that never answers stands for an AWS that does not even say who asks.
    environment = os.environ | {"HTTP_PROXY": silent.url, "HTTPS_PROXY": silent.url}
    options = ["--endpoint-url", "http://sts.invalid.localhost", "--run", str(tmp_path / "run")]
    with subprocess.Popen(
        [*HEXWARD, "audit", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert silent.asked.wait(60)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (3, "", "hexward: interrupted\n")
    assert not (tmp_path / "run").exists()


def imported_by(*arguments: str) -> set[str]:
    """Return the packages that a command has imported when it ends."""
    code = (
        "import sys\nfrom hexward.cli import main\n"
        f"sys.argv = ['hexward', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules, file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in ended.stderr.split()}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("audit", "--help")])
def test_help_imports_nothing_large(arguments):
    assert imported_by(*arguments) & {"boto3", "botocore", "rich", "jinja2", "yaml", "moto"} == set()
