"""Finds detections by walking the folders: a file is a detection, its path is its id."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from hexward.detections.detection import Detection, DetectionError
from hexward.model import Practice, UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

COMPILED = "compiled.json"
"""Where it stands beside this file, the rules are read from it and no YAML is: so they travel in the responder's Lambda."""


@cache
def detections() -> tuple[Detection, ...]:
    """Return all detections, sorted by id. Raises DetectionError for a file that cannot be read."""
    from importlib import resources  # noqa: PLC0415  (a tenth of the start, which the Lambda does without)

    root = resources.files("hexward.detections")
    compiled = root.joinpath(COMPILED)
    if compiled.is_file():
        return loads(compiled.read_bytes())
    found = (
        one
        for practice in Practice
        if root.joinpath(practice).is_dir()
        for file in root.joinpath(practice).iterdir()
        if file.name.endswith(".yml")
        for one in _read(file, f"{practice}.{file.name.removesuffix('.yml')}")
    )
    return tuple(sorted(found, key=lambda one: one.id))


def user_detections(folder: Path) -> tuple[Detection, ...]:
    """Return the detections of a user's folder and those below it, `rules.` before their ids.

    Raises UsageError if there is none, DetectionError for a file that cannot be read.
    """
    files = [folder] if folder.is_file() else sorted({*folder.rglob("*.yml"), *folder.rglob("*.yaml")})
    if not files:
        raise UsageError(f"there are no rules (*.yml) in {folder}")
    found = [one for file in files for one in _read(file, f"rules.{file.stem}")]
    times = Counter(one.id for one in found)
    for one in found:
        if times[one.id] > 1:
            raise UsageError(f"two files of {folder} are named {one.id.removeprefix('rules.')}.yml")
    return tuple(sorted(found, key=lambda one: one.id))


def _read(file: "Traversable | Path", detection_id: str) -> tuple[Detection, ...]:
    from hexward.detections.place import LARGEST  # noqa: PLC0415
    from hexward.detections.sigma import read  # noqa: PLC0415  (where rules are compiled, YAML is not there)

    try:
        with file.open(encoding="utf-8") as opened:
            text = opened.read(LARGEST + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise DetectionError(f"{file}:1: the file cannot be read: {error}") from error
    return read(text, str(file), detection_id)


def dumps(found: Iterable[Detection]) -> bytes:
    """Write detections as JSON, from which they are read without YAML."""
    return msgspec.json.encode(tuple(found)) + b"\n"


def loads(text: bytes) -> tuple[Detection, ...]:
    """Read what `dumps` wrote. Raises DetectionError for anything else."""
    try:
        return msgspec.json.decode(text, type=tuple[Detection, ...])
    except msgspec.ValidationError as error:
        raise DetectionError(f"{COMPILED}:1: {error}") from error


@cache
def tactic_ids() -> dict[str, str]:
    """Return the ids of ATT&CK's tactics by the names that alerts have: `defense-impairment` is TA0112."""
    from importlib import resources  # noqa: PLC0415

    found = msgspec.json.decode(resources.files("hexward.detections").joinpath("attack.json").read_bytes())
    return dict(found["tactics"])
