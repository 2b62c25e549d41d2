"""The range starts on loopback and never stays behind, however the process that opened it ends."""

import importlib.util
import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hexward.aws.emulated import Emulated
from hexward.drill import range as range_module
from hexward.drill.range import RangeError, emulated_account

OPEN_AND_WAIT = """
import signal
from hexward.drill.range import emulated_account
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup would have it ignored
with emulated_account() as running:
    print(running.endpoint_url, running.process_id, running.log, flush=True)
    signal.pause()
"""


class InsideTheBlockError(Exception):
    """Whatever goes wrong in a drill."""


def is_open(endpoint_url):
    url = urlsplit(endpoint_url)
    with socket.socket() as probe:
        return probe.connect_ex((url.hostname, url.port)) == 0


def wait_until_gone(process_id):
    """Wait for the end of a process that is not our child; the test's own time limit is ten seconds."""
    try:
        descriptor = os.pidfd_open(process_id)
    except ProcessLookupError:
        return
    try:
        assert select.select([descriptor], [], [], 10)[0], f"process {process_id} stayed behind"
    finally:
        os.close(descriptor)


@pytest.mark.emulator
def test_answers_on_loopback_and_is_gone_afterwards():
    with emulated_account() as running:
        emulated = Emulated(running.endpoint_url)
        assert emulated.client("sts", "eu-west-1").get_caller_identity()["Account"] == "123456789012"
        assert running.log.exists()
    assert not is_open(running.endpoint_url)
    assert not running.log.exists()
    wait_until_gone(running.process_id)


@pytest.mark.emulator
def test_knows_the_policies_that_aws_manages():
    with emulated_account() as running:
        iam = Emulated(running.endpoint_url).client("iam", "us-east-1")
        arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
        assert iam.get_policy(PolicyArn=arn)["Policy"]["Arn"] == arn


@pytest.mark.emulator
def test_stops_when_the_block_is_left_by_an_error():
    with pytest.raises(InsideTheBlockError), emulated_account() as running:
        raise InsideTheBlockError
    assert not is_open(running.endpoint_url)
    wait_until_gone(running.process_id)


@pytest.mark.emulator
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_stops_when_the_process_that_opened_it_is_signalled(ending):
    with subprocess.Popen(
        [sys.executable, "-c", OPEN_AND_WAIT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as opener:
        assert opener.stdout is not None
        endpoint_url, process_id, log = opener.stdout.readline().split()
        assert is_open(endpoint_url)
        try:
            opener.send_signal(ending)
            opener.wait(20)
        finally:
            opener.kill()
    wait_until_gone(int(process_id))
    assert not is_open(endpoint_url)
    assert not Path(log).exists()


@pytest.mark.emulator
def test_says_where_the_log_is_when_the_server_does_not_start(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    with pytest.raises(RangeError, match="its log is ") as refusal, emulated_account():
        pytest.fail("the block was entered")
    log = Path(str(refusal.value).rpartition(" ")[2])
    assert "Fatal Python error" in log.read_text()
    log.unlink()


@pytest.mark.emulator
def test_gives_up_when_the_server_says_nothing(monkeypatch):
    monkeypatch.setattr(range_module, "_START_TIMEOUT_SECONDS", 0)
    with pytest.raises(RangeError, match="did not start") as refusal, emulated_account():
        pytest.fail("the block was entered")
    Path(str(refusal.value).rpartition(" ")[2]).unlink()


def test_says_what_to_install_when_moto_is_missing(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(RangeError, match=r"pip install 'hexward\[demo\]'"), emulated_account():
        pytest.fail("the block was entered")
