"""The standards that controls are measured by: ids and our own short titles, one YAML file per framework.

Which control serves which requirement is said in the control's decorator alone.
"""

import difflib
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec
import yaml

from hexward.model import HexwardError, UsageError

__all__ = ["Decides", "Framework", "FrameworkError", "Requirement", "frameworks", "requirement"]


class FrameworkError(HexwardError):
    """A framework's file is not what the others are; says which one and why."""


class Decides(StrEnum):
    """Who can tell whether a requirement is met: the account's configuration, people with evidence, or both together."""

    AUTO = "auto"
    MANUAL = "manual"
    HYBRID = "hybrid"


class Requirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One requirement: the framework's id of it, and a title in our own words.

    `level` is the framework's own word for its weight (a severity, a baseline), empty where its source names none.
    """

    id: str
    title: str
    level: str = ""
    kind: Decides = Decides.AUTO


class Framework(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of a standard; `checked` is the day on which its ids were compared with the page at `source`.

    Only AWS-AISBP and OWASP-LLM are complete; of the others we list what bears on the six practices.
    """

    id: str
    name: str
    version: str
    source: str
    checked: date
    requirements: tuple[Requirement, ...]


@cache
def frameworks() -> tuple[Framework, ...]:
    """Return all frameworks, sorted by id. Raises FrameworkError for a file that cannot be read."""
    files = (file for file in resources.files(__name__).iterdir() if file.name.endswith(".yaml"))
    return tuple(sorted((read(file) for file in files), key=lambda framework: framework.id))


def read(file: Traversable) -> Framework:
    """Read one framework's file; raises FrameworkError, in one line with the file's name."""
    try:
        framework = msgspec.convert(yaml.safe_load(file.read_text(encoding="utf-8")), Framework)
    except yaml.MarkedYAMLError as error:
        line = "" if error.problem_mark is None else f":{error.problem_mark.line + 1}"
        raise FrameworkError(f"{file.name}{line}: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise FrameworkError(f"{file.name}: {' '.join(str(error).split())}") from error
    ids = [one.id for one in framework.requirements]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None:
        raise FrameworkError(f"{file.name}: {twice} stands there twice")
    if file.name != f"{framework.id.lower()}.yaml":
        raise FrameworkError(f"{file.name}: a file is named for its framework, and this one holds {framework.id}")
    return framework


def requirement(name: str) -> Requirement:
    """Return the requirement of a name such as `AWS-FSBP:S3.8`. Raises UsageError, with the likeliest names, if there is none."""
    known = _by_name()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.7)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"there is no requirement {name!r}{hint}")
    return known[name]


@cache
def _by_name() -> dict[str, Requirement]:
    return {f"{framework.id}:{one.id}": one for framework in frameworks() for one in framework.requirements}
