import io

import pytest
from rich.console import Console

from hexward.cli import _progress
from hexward.cli._progress import progress


@pytest.fixture
def stderr(monkeypatch):
    """Stand in for standard error, a terminal or not; returns what makes it and what it was told."""
    told = io.StringIO()

    def stand_in(*, terminal: bool) -> io.StringIO:
        made = Console(file=told, force_terminal=terminal, highlight=False, width=200)
        monkeypatch.setattr(_progress, "Console", lambda **_: made)
        return told

    return stand_in


@pytest.mark.parametrize("terminal", [True, False])
def test_a_hostile_region_name_is_shown_and_obeyed_by_nobody(stderr, monkeypatch, terminal):
    monkeypatch.setattr(_progress, "EVERY_SECONDS", 0)
    told = stderr(terminal=terminal)
    with progress(quiet=False) as tell:
        tell("collected 1 of 2: ec2 in [bold]x[/bold]\x1b]0;owned\x07")
    assert "\x1b]0;" not in told.getvalue()
    assert "\x07" not in told.getvalue()
    assert "[bold]x[/bold]\\x1b]0;owned\\x07" in told.getvalue()


def test_elsewhere_than_at_a_terminal_a_line_is_told_every_ten_seconds(stderr, monkeypatch):
    seconds = iter((0.0, 4.0, 11.0, 11.0, 12.0))
    monkeypatch.setattr("time.monotonic", lambda: next(seconds))
    told = stderr(terminal=False)
    with progress(quiet=False) as tell:
        for text in ("too early", "in time", "too early again"):
            tell(text)
    assert told.getvalue() == "in time\n"


@pytest.mark.parametrize("terminal", [True, False])
def test_who_wants_quiet_has_it(stderr, monkeypatch, terminal):
    monkeypatch.setattr(_progress, "EVERY_SECONDS", 0)
    told = stderr(terminal=terminal)
    with progress(quiet=True) as tell:
        tell("anything")
    assert told.getvalue() == ""
