"""Finds controls by walking the folders: a file is a control, its path is its id."""

import difflib
import importlib
from functools import cache
from importlib import resources

from hexward.controls.control import Control, ControlError
from hexward.model import Practice, UsageError


@cache
def ids() -> tuple[str, ...]:
    """Return the ids of all controls, without importing any."""
    root = resources.files("hexward.controls")
    return tuple(
        sorted(
            f"{practice}.{file.name.removesuffix('.py')}"
            for practice in Practice
            if root.joinpath(practice).is_dir()
            for file in root.joinpath(practice).iterdir()
            if file.name.endswith(".py") and not file.name.startswith("_")
        )
    )


@cache
def load(control_id: str) -> Control:
    """Import one control. Raises UsageError, with the likeliest ids, if there is none of that name."""
    if control_id not in ids():
        near = difflib.get_close_matches(control_id, ids(), n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"there is no control {control_id!r}{hint}")
    name = control_id.rpartition(".")[2]
    found = getattr(importlib.import_module(f"hexward.controls.{control_id}"), name, None)
    if not isinstance(found, Control):
        raise ControlError(f"{control_id}: the file defines no control of that name")
    return found


def controls() -> tuple[Control, ...]:
    """Return all controls, sorted by id."""
    return tuple(load(control_id) for control_id in ids())
