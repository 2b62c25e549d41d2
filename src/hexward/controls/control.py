"""What a control is: a pure rule over one kind of record, and everything a reader may want to know about it."""

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_type_hints

from hexward.inventory import Inventory, Record
from hexward.model import Fault, HexwardError, Kind, Practice, Severity

type Rule = Callable[..., Iterator[Fault | str]]


class ControlError(HexwardError):
    """A control's file is not what the others are; says which one and why."""


class NotApplicable(Exception):  # noqa: N818  (a verdict, not an error of the tool)
    """Raised by a rule for a thing that it has nothing to say about; its text says why."""


@dataclass(frozen=True, slots=True)
class Control:
    """A rule with its documentation. `kind` is what it judges, `uses` the other kinds that it looks up."""

    id: str
    practice: Practice
    title: str
    why: str
    fix: str
    severity: Severity
    kind: Kind
    source: str
    frameworks: tuple[str, ...]
    judges: type[Record]
    uses: tuple[type[Record], ...]
    rule: Rule
    takes_inventory: bool
    was: tuple[str, ...]
    """Ids that it had before, which users may still hold in their settings."""

    def faults(self, record: Record, inventory: Inventory) -> Iterator[Fault]:
        """Run the rule; raises NotCollected or NotApplicable as it does."""
        found = self.rule(record, inventory) if self.takes_inventory else self.rule(record)
        for fault in found:
            yield Fault(fault) if isinstance(fault, str) else fault


def control(
    *,
    severity: Severity,
    source: str,
    frameworks: Iterable[str] = (),
    uses: Iterable[type[Record]] = (),
    kind: Kind = Kind.RISK,
    was: Iterable[str] = (),
) -> Callable[[Rule], Control]:
    """Make a rule a control.

    The rule's first parameter is annotated with the kind of record that it judges. One that looks at other records, whose kinds
    `uses` names, or at the time of collection, takes the inventory second. Id and practice are the file's path, title, Why and
    Fix its docstring. `source` is the page of AWS's documentation that the rule rests on.
    """

    def decorate(rule: Rule) -> Control:
        name = rule.__module__
        practice, _, own = name.removeprefix("hexward.controls.").rpartition(".")
        if own != rule.__name__:
            raise ControlError(f"{name}: the rule must be named for its file")
        title, why, fix = sections(name, sys.modules[name].__doc__ or "")
        return Control(
            id=f"{practice}.{own}",
            practice=Practice(practice.rpartition(".")[2]),
            title=title,
            why=why,
            fix=fix,
            severity=severity,
            kind=kind,
            source=source,
            frameworks=tuple(frameworks),
            judges=_judged(name, rule),
            uses=tuple(uses),
            rule=rule,
            takes_inventory=len(inspect.signature(rule).parameters) > 1,
            was=tuple(was),
        )

    return decorate


def sections(name: str, text: str) -> tuple[str, str, str]:
    """Split a docstring into its title, its Why and its Fix, each one line. Raises ControlError where one is missing."""
    parts = {"": "", "Why": "", "Fix": ""}
    heading = ""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        line = " ".join(paragraph.split())
        for word in ("Why", "Fix"):
            if line.startswith(f"{word}: "):
                heading, line = word, line.removeprefix(f"{word}: ")
        parts[heading] = f"{parts[heading]} {line}".strip()
    for heading, part in parts.items():
        if not part:
            raise ControlError(f"{name}: the docstring has no {heading or 'title'}")
    return parts[""].removesuffix("."), parts["Why"], parts["Fix"]


def _judged(name: str, rule: Rule) -> type[Record]:
    hints: dict[str, Any] = get_type_hints(rule)
    first = next(iter(inspect.signature(rule).parameters), "")
    judged = hints.get(first)
    if not (isinstance(judged, type) and issubclass(judged, Record)):
        raise ControlError(f"{name}: the first parameter must be annotated with the kind of record it judges")
    return judged
