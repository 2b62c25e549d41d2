"""Controls are found by walking the folders: the path is the id, and a slip of the pen is answered with the likeliest ids."""

from pathlib import Path

import pytest

import hexward.controls
from hexward.controls import Control, controls, ids, load
from hexward.model import Practice, UsageError

FOLDER = Path(hexward.controls.__file__).parent


def test_every_file_in_the_folder_of_a_practice_is_a_control():
    files = {
        f"{path.parent.name}.{path.stem}" for practice in Practice for path in (FOLDER / practice).glob("[!_]*.py")
    }
    assert set(ids()) == files
    assert list(ids()) == sorted(files)


@pytest.mark.parametrize("control_id", ids())
def test_a_control_is_loaded_by_its_path(control_id):
    found = load(control_id)
    assert isinstance(found, Control)
    assert (found.id, found.practice) == (control_id, control_id.partition(".")[0])


def test_all_controls_come_sorted_and_each_once():
    assert [control.id for control in controls()] == list(ids())


@pytest.mark.parametrize(
    ("wrong", "likely"),
    [
        ("encryption.key_rotation_yerly", "encryption.key_rotation_yearly"),
        ("key_rotation_yearly", "encryption.key_rotation_yearly"),
        ("trail.key_rotation_yearly", "encryption.key_rotation_yearly"),
    ],
)
def test_a_slip_is_answered_with_the_likeliest_id(wrong, likely):
    with pytest.raises(UsageError, match=likely):
        load(wrong)


@pytest.mark.parametrize(
    "wrong", ["", "x", "..", "os", "encryption", "encryption.__init__", "encryption.key_rotation_yearly.x"]
)
def test_nothing_else_is_imported(wrong):
    with pytest.raises(UsageError, match="there is no control"):
        load(wrong)
