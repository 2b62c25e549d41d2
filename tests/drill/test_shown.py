"""The page of controls tells what the demo's account really shows."""

import importlib.util
import json
from pathlib import Path

import pytest

from hexward.controls import ids

SCRIPT = Path(__file__).parents[2] / "docs" / "shown.py"

SPECIFIED = importlib.util.spec_from_file_location("shown", SCRIPT)
assert SPECIFIED is not None
assert SPECIFIED.loader is not None
shown = importlib.util.module_from_spec(SPECIFIED)
SPECIFIED.loader.exec_module(shown)
TOLD = json.loads(shown.FILE.read_text())


def test_tells_of_every_control():
    assert list(TOLD) == list(ids())


@pytest.mark.emulator
def test_is_what_the_demo_shows():
    assert shown.shown() == TOLD
