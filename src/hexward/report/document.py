"""An audit as one document: what was judged, how it scores, and what could not be seen; every format writes this."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from hexward.controls import Control, FrameworkScore, Score, audit, by_control, by_framework, total
from hexward.controls.exceptions import Exceptions, apply
from hexward.inventory import Inventory
from hexward.inventory.inventory import collected_for
from hexward.model import Finding, Gap, Kind, Practice, Severity, Status

SCHEMA = "hexward.audit/v1"
NONE = Exceptions()


@dataclass(frozen=True, slots=True)
class Unseen:
    """A call that could not be read in full in one region: its first gap, and how much more there is of the kind.

    `count` is how many records or listings it kept from being whole, `more` how many gaps have another detail.
    """

    gap: Gap
    count: int
    more: int = 0


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit of one account found."""

    account: str
    regions: tuple[str, ...]
    collected_at: datetime
    controls: tuple[Control, ...]
    findings: tuple[Finding, ...]
    scores: dict[Practice, Score]
    unseen: tuple[Unseen, ...]
    problems: tuple[str, ...] = ()
    """Exceptions that do not count, are over, or meet no fault, a line each."""
    frameworks: tuple[FrameworkScore, ...] = ()

    @property
    def total(self) -> Score:
        """The score over all practices."""
        return total(self.scores.values())

    def failed(self, at_least: Severity = Severity.LOW, kind: Kind = Kind.RISK) -> list[Finding]:
        """Return the failed findings of one kind of control, worst first."""
        found = [f for f in self.findings if f.status is Status.FAIL and f.severity >= at_least and f.kind is kind]
        return sorted(found, key=_worst_first)

    @property
    def to_show(self) -> list[Finding]:
        """Return what a person must show, worst first: the findings of evidence controls that settings alone cannot decide."""
        wanted = {Status.FAIL, Status.UNKNOWN}
        return sorted((f for f in self.findings if f.kind is Kind.EVIDENCE and f.status in wanted), key=_worst_first)

    @property
    def excepted(self) -> list[Finding]:
        """Return the failed findings that an exception covers, worst first; `evidence["exception"]` tells whose."""
        found = [f for f in self.findings if f.status is Status.EXCEPTED]
        return sorted(found, key=_worst_first)

    @property
    def complete(self) -> bool:
        """Say whether everything that the controls need was seen; what a person must show is nothing that could be."""
        seen = (f.status is not Status.UNKNOWN for f in self.findings if f.kind is not Kind.EVIDENCE)
        return not self.unseen and all(seen)


def _worst_first(one: Finding) -> tuple[object, ...]:
    return (-one.severity, one.control, one.resource, one.aspect)


def judged(inventory: Inventory, controls: Iterable[Control], exceptions: Exceptions = NONE) -> Audit:
    """Judge an inventory and put the document together; findings are sorted, so that equal inventories give equal documents."""
    chosen = tuple(sorted(controls, key=lambda c: c.id))
    applied = apply(audit(inventory, chosen), exceptions, inventory.collected_at.astimezone(UTC).date())
    findings = applied.findings
    scores = by_control(findings)
    practices: dict[Practice, list[str]] = {}
    for control in chosen:
        practices.setdefault(control.practice, []).append(control.id)
    return Audit(
        account=inventory.account,
        regions=inventory.regions,
        collected_at=inventory.collected_at,
        controls=chosen,
        findings=findings,
        scores={p: total(scores.get(one, Score()) for one in practices[p]) for p in Practice if p in practices},
        unseen=_unseen(inventory, chosen),
        problems=applied.problems,
        frameworks=tuple(by_framework(scores, chosen).values()),
    )


def _unseen(inventory: Inventory, controls: tuple[Control, ...]) -> tuple[Unseen, ...]:
    """Count the gaps that matter to these controls, those of one call in one region together."""
    wanted = collected_for({kind for control in controls for kind in (control.judges, *control.uses)})
    seen: dict[tuple[str, ...], list[tuple[object, Gap]]] = defaultdict(list)

    def note(whole: object, gap: Gap) -> None:
        # What no call was made for has nothing but its sentence to be told apart by.
        detail = "" if gap.call else gap.detail
        seen[gap.reason, gap.call, gap.action, gap.region, detail].append((whole, gap))

    for (kind, region), gap in inventory.unlisted.items():
        if kind in wanted:
            note((kind, region), gap)
    for one in inventory:
        if type(one) in wanted:
            for gap in one.gaps.values():
                note(one, gap)
    return tuple(_together(seen[key]) for key in sorted(seen))


def _together(noted: list[tuple[object, Gap]]) -> Unseen:
    """Tell several gaps of one call in one region as one; the resource is left out where they are of several."""
    details = sorted({gap.detail for _, gap in noted})
    resources = {gap.resource for _, gap in noted}
    resource = resources.pop() if len(resources) == 1 else ""
    gap = msgspec.structs.replace(noted[0][1], resource=resource, detail=details[0])
    return Unseen(gap, count=len({id(whole) for whole, _ in noted}), more=len(details) - 1)
