"""An audit that is killed half-way goes on where it was, and ends as if nothing had happened."""

import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from hexward.aws.emulated import Emulated
from hexward.drill.range import Range, emulated_account
from hexward.drill.startup import build

pytestmark = pytest.mark.emulator

REGIONS = ("--region", "us-east-1", "--region", "eu-west-1")


@pytest.fixture(scope="module")
def startup() -> Iterator[Range]:
    with emulated_account() as running:
        build(Emulated(running.endpoint_url))
        yield running


def command(startup: Range, *options: str | Path) -> list[str]:
    to = ("--endpoint-url", startup.endpoint_url, "--format", "json:" + str(options[-1]) + ".json", "--quiet")
    return [sys.executable, "-m", "hexward", "audit", *to, *map(str, options)]


def found(folder: Path) -> Counter[tuple[str, ...]]:
    """Count what a run found, but for when: each line is one control's word on one resource."""
    names = ("control", "status", "severity", "resource", "region", "aspect", "fingerprint")
    lines = (json.loads(line) for line in (folder / "findings.jsonl").read_text().splitlines())
    return Counter(tuple(str(line[name]) for name in names) for line in lines)


def half(folder: Path, lines: int) -> bool:
    """Wait until a run holds so many lines."""
    tick, file = threading.Event(), folder / "inventory.jsonl"
    looks = (file.exists() and file.read_bytes().count(b"\n") >= lines for _ in range(3000))
    return any(enough or tick.wait(0.01) for enough in looks)


def test_a_killed_audit_resumes_to_the_same_findings(startup: Range, tmp_path: Path):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    subprocess.run(command(startup, *REGIONS, "--run", whole), check=False, timeout=120)
    total = (whole / "inventory.jsonl").read_bytes().count(b"\n")
    with subprocess.Popen(command(startup, *REGIONS, "--run", killed)) as process:
        assert half(killed, total // 3)
        process.send_signal(signal.SIGKILL)
    begun = (killed / "inventory.jsonl").read_bytes().count(b"\n")
    assert begun < total
    assert not (killed / "findings.jsonl").exists()
    assert not json.loads((killed / "run.json").read_text())["complete"]
    subprocess.run(command(startup, "--resume", killed), check=False, timeout=120)
    assert found(killed) == found(whole)
    requests = [json.loads((folder / "run.json").read_text())["requests"] for folder in (whole, killed)]
    assert requests[1] < requests[0], "what was whole is not asked again"
    assert json.loads((killed / "run.json").read_text())["complete"]


def test_the_last_interrupted_run_is_found_by_itself(startup: Range, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    none = subprocess.run(
        [*command(startup, tmp_path / "out")[:-1], "--resume"], check=False, capture_output=True, text=True, timeout=60
    )
    assert none.returncode == 2
    assert none.stderr == "hexward: no run of account 123456789012 was interrupted; --resume FOLDER names another\n"
    with subprocess.Popen([*command(startup, tmp_path / "out")[:-1], *REGIONS]) as process:
        runs = tmp_path / "hexward" / "runs"
        tick = threading.Event()
        assert any(list(runs.glob("*/run.json")) or tick.wait(0.05) for _ in range(600))
        [folder] = runs.iterdir()
        assert half(folder, 30)
        process.send_signal(signal.SIGKILL)
    subprocess.run([*command(startup, tmp_path / "out")[:-1], "--resume"], check=False, timeout=120)
    assert list(runs.iterdir()) == [folder]
    assert json.loads((folder / "run.json").read_text())["complete"]
