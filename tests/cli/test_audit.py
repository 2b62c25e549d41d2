"""An audit writes data where it was sent and nothing else there, and refuses what it cannot read or write in one line."""

import json
import os
import stat

import pytest

from tests.cli.conftest import Hexward, Told

CONTROL = ("--control", "encryption.key_rotation_yearly")


def assert_one_line(told: Told, says: str) -> None:
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("hexward: ")
    assert told.err.count("\n") == 1
    assert says in told.err


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "nonsense"])
def test_an_account_that_cannot_be_reached_is_told_with_its_address(hexward, address):
    assert_one_line(hexward("audit", "--endpoint-url", address), f"AWS cannot be reached at {address}")


def test_a_profile_that_does_not_exist_is_told(hexward):
    assert_one_line(hexward("audit", "--profile", "nobody"), "profile 'nobody' is not in the AWS configuration")


@pytest.mark.parametrize(("region", "near"), [("us-east1", "us-east-1"), ("eu-west1", "eu-west-1")])
def test_a_region_that_does_not_exist_is_told_with_the_nearest(hexward, silent, region, near):
    told = hexward("audit", "--endpoint-url", silent.url, "--region", region)
    assert_one_line(told, f"there is no region '{region}'; did you mean {near}?")


@pytest.mark.parametrize("file", ["nowhere/x.json", ".", "good"], ids=["no folder", "a folder", "a run"])
def test_a_file_that_cannot_be_is_told_before_anything_is_judged(hexward, good, monkeypatch, file):
    monkeypatch.chdir(good.parent)
    assert_one_line(hexward("audit", "--inventory", good, *CONTROL, "--format", f"json:{file}"), file)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everything")
def test_a_file_that_may_not_be_written_is_told(hexward, good, tmp_path):
    (tmp_path / "told.json").touch(mode=stat.S_IRUSR)
    told = hexward("audit", "--inventory", good, *CONTROL, "--format", f"json:{tmp_path / 'told.json'}")
    assert_one_line(told, "cannot be written: Permission denied")


def test_a_device_that_is_full_is_told(hexward, good):
    told = hexward("audit", "--inventory", good, *CONTROL, "--format", "json:/dev/full")
    assert_one_line(told, "/dev/full cannot be written: No space left on device")


RUN = "inventory.jsonl"


def test_half_a_last_line_is_no_mistake(hexward, good):
    whole = (good / RUN).read_text()
    (good / RUN).write_text(whole + '{"kind":"Ke')
    assert hexward("audit", "--inventory", good, *CONTROL).code == 0


def test_a_folder_that_is_not_a_run_is_told(hexward, tmp_path):
    assert_one_line(hexward("audit", "--inventory", tmp_path), "run.json cannot be read")


@pytest.mark.parametrize("content", ["", "nonsense", "[]", "{}", '{"Users":[]}', "\xff", "[" * 100_000])
def test_an_export_that_is_none_is_told(hexward, tmp_path, content):
    path = tmp_path / "export.json"
    path.write_text(content, encoding="latin-1")
    assert_one_line(hexward("audit", "--inventory", path), str(path))


def test_standard_output_is_data_alone(hexward: Hexward, bad):
    told = hexward("audit", "--inventory", bad, *CONTROL, "--format", "json")
    assert told.err == ""
    assert json.loads(told.out)["schema"] == "hexward.audit/v1"


def test_two_formats_go_where_each_was_sent(hexward, bad, tmp_path):
    file = tmp_path / "told.json"
    told = hexward("audit", "--inventory", bad, *CONTROL, "--format", "terminal", "--format", f"json:{file}")
    assert told.code == 1
    assert "\x1b" not in told.out
    assert "faults, worst first" in told.out
    assert json.loads(file.read_text())["complete"] is True


def test_two_audits_of_one_run_are_byte_equal(hexward, bad):
    once, again = (hexward("audit", "--inventory", bad, "--format", "json").out for _ in range(2))
    assert once == again != ""


def test_judging_a_run_asks_nobody(hexward, bad, monkeypatch):
    def refused(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", refused)
    monkeypatch.setattr("socket.getaddrinfo", refused)
    assert hexward("audit", "--inventory", bad, *CONTROL).code == 1


@pytest.mark.parametrize(
    ("variable", "value", "coloured"), [("FORCE_COLOR", "1", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False)]
)
def test_colours_are_as_the_environment_says(hexward, bad, monkeypatch, variable, value, coloured):
    monkeypatch.setenv(variable, value)
    told = hexward("audit", "--inventory", bad, *CONTROL)
    assert ("\x1b[" in told.out) is coloured
