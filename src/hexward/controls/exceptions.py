"""Accepted faults: an exception names one control and one resource exactly, its owner, its reason, and the day it ends.

An exception that is malformed or over does not count, so the finding is back; one that meets no fault is stale. Both are told.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from hexward.controls.walk import controls, ids
from hexward.model import Finding, Status, UsageError


class Exempt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[exception]]` of `hexward.toml`. `expires` is the last day on which it holds, in UTC; without an aspect it covers all."""

    control: str
    resource: str
    owner: str
    reason: str
    expires: date
    region: str = ""
    aspect: str = ""

    def covers(self, finding: Finding) -> bool:
        """Say whether it names this finding; ids that the control had before still count."""
        return (
            self.control == finding.control
            and self.resource == finding.resource
            and self.region in {"", finding.region}
            and self.aspect in {"", finding.aspect}
        )


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What `hexward.toml` says: the exceptions that are well formed, and one line for each that is not."""

    entries: tuple[Exempt, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """Findings with the exceptions applied, and a line for every exception that is malformed, over, or meets no fault."""

    findings: tuple[Finding, ...]
    problems: tuple[str, ...]


def read_exceptions(path: Path) -> Exceptions:
    """Read the exceptions of a settings file. Raises UsageError if the file cannot be read or is not TOML.

    A malformed entry is a problem and not an error: an audit goes on, and what the entry was for is a finding again.
    """
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    listed = settings.get("exception", [])
    if not isinstance(listed, list):
        return Exceptions(problems=(f"{path}: exception is not a list of tables; write [[exception]]",))
    former = {old: control.id for control in controls() for old in control.was} if listed else {}
    entries: list[Exempt] = []
    problems: list[str] = []
    for number, raw in enumerate(listed, start=1):
        read = _entry(raw, former)
        if isinstance(read, str):
            problems.append(f"{path}: exception {number} does not count: {read}")
        else:
            entries.append(read)
    return Exceptions(tuple(entries), tuple(problems))


def _entry(raw: Any, former: dict[str, str]) -> Exempt | str:  # noqa: ANN401  (a table of TOML)
    """Return the exception, or what is wrong with it."""
    try:
        entry = msgspec.convert(raw, Exempt)
    except msgspec.ValidationError as error:
        return str(error)
    entry = msgspec.structs.replace(entry, control=former.get(entry.control, entry.control))
    if entry.control not in ids():
        return f"there is no control {entry.control!r}"
    empty = [name for name in ("resource", "owner", "reason") if not getattr(entry, name).strip()]
    if empty:
        return f"{empty[0]} is empty"
    return "a resource is named exactly, without wildcards" if "*" in entry.resource.removesuffix("/*") else entry


def apply(findings: Iterable[Finding], exceptions: Exceptions, today: date) -> Applied:
    """Turn the failed findings that an exception covers into excepted ones, with its owner, reason and end as evidence.

    `today` is the day of collection in UTC. Unknown findings stay unknown: nobody can accept what nobody has seen.
    """
    live = [entry for entry in exceptions.entries if entry.expires >= today]
    by_thing: dict[tuple[str, str], list[Exempt]] = {}
    for entry in live:
        by_thing.setdefault((entry.control, entry.resource), []).append(entry)
    used: set[Exempt] = set()
    found: list[Finding] = []
    judged: set[str] = set()
    for finding in findings:
        judged.add(finding.control)
        covering = [e for e in by_thing.get((finding.control, finding.resource), ()) if e.covers(finding)]
        if finding.status is Status.FAIL and covering:
            used.update(covering)
            found.append(_excepted(finding, covering[0]))
        else:
            found.append(finding)
    # A control that was not judged this time says nothing of its exceptions.
    stale = [e for e in live if e not in used and e.control in judged]
    over = [e for e in exceptions.entries if e.expires < today]
    problems = [f"{e.control} on {e.resource}: the exception of {e.owner} ended on {e.expires}" for e in over]
    problems += [f"{e.control} on {e.resource}: the exception of {e.owner} meets no fault" for e in stale]
    return Applied(tuple(found), (*exceptions.problems, *problems))


def _excepted(finding: Finding, entry: Exempt) -> Finding:
    accepted = {"owner": entry.owner, "reason": entry.reason, "expires": entry.expires.isoformat()}
    return msgspec.structs.replace(
        finding, status=Status.EXCEPTED, evidence={**finding.evidence, "exception": accepted}
    )
