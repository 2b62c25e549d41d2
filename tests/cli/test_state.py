from pathlib import Path

import pytest

from hexward.cli._state import new_run_folder, runs_folder


def test_runs_are_kept_where_the_user_keeps_state(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert runs_folder() == tmp_path / "hexward" / "runs"
    monkeypatch.delenv("XDG_STATE_HOME")
    assert runs_folder() == Path.home() / ".local" / "state" / "hexward" / "runs"


def test_two_runs_of_one_second_have_folders_of_their_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    made = [new_run_folder("111122223333")]
    for _ in range(3):
        made[-1].mkdir(parents=True)
        made.append(new_run_folder("111122223333"))
    assert len(set(made)) == 4


@pytest.mark.parametrize("account", ["../../../evil", "/etc/cron.d/evil", "a\0b", "x\n"])
def test_an_end_point_that_invents_an_account_does_not_choose_the_folder(account):
    made = new_run_folder(account)
    assert made.parent == runs_folder()
    assert made.name.isascii()
    assert made.name.isprintable()
