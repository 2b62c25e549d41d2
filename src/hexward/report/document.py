"""An audit as one document: what was judged, how it scores, and what could not be seen; every format writes this."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from hexward.controls import Control, Score, audit, score
from hexward.inventory import Derived, Inventory, Record
from hexward.model import Finding, Gap, Practice, Severity, Status

SCHEMA = "hexward.audit/v1"


@dataclass(frozen=True, slots=True)
class Unseen:
    """A gap, and how many records it kept from being whole."""

    gap: Gap
    count: int


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

    @property
    def total(self) -> Score:
        """The score over all practices."""
        return score(self.findings)

    def failed(self, at_least: Severity = Severity.LOW) -> list[Finding]:
        """Return the failed findings, worst first."""
        found = [f for f in self.findings if f.status is Status.FAIL and f.severity >= at_least]
        return sorted(found, key=lambda f: (-f.severity, f.control, f.resource, f.aspect))

    @property
    def complete(self) -> bool:
        """Say whether everything that the controls need was seen."""
        return not self.unseen and all(f.status is not Status.UNKNOWN for f in self.findings)


def judged(inventory: Inventory, controls: Iterable[Control]) -> Audit:
    """Judge an inventory and put the document together; findings are sorted, so that equal inventories give equal documents."""
    chosen = tuple(sorted(controls, key=lambda c: c.id))
    findings = tuple(audit(inventory, chosen))
    practices = dict.fromkeys(control.practice for control in chosen)
    return Audit(
        account=inventory.account,
        regions=inventory.regions,
        collected_at=inventory.collected_at,
        controls=chosen,
        findings=findings,
        scores={p: score(f for f in findings if f.practice is p) for p in Practice if p in practices},
        unseen=_unseen(inventory, chosen),
    )


def _unseen(inventory: Inventory, controls: tuple[Control, ...]) -> tuple[Unseen, ...]:
    """Count the gaps that matter to these controls; the resource is left out where several records lack the same thing."""
    wanted: set[type[Record]] = set()
    for kind in {kind for control in controls for kind in (control.judges, *control.uses)}:
        wanted.update(kind.sources_of() if issubclass(kind, Derived) else (kind,))
    seen: Counter[Gap] = Counter()
    example: dict[Gap, Gap] = {}

    def note(gap: Gap) -> None:
        same = msgspec.structs.replace(gap, resource="", detail="" if gap.action else gap.detail)
        seen[same] += 1
        example.setdefault(same, gap)

    for (kind, _), gap in inventory.unlisted.items():
        if kind in wanted:
            note(gap)
    for one in inventory:
        if type(one) in wanted:
            for gap in set(one.gaps.values()):
                note(gap)
    found = [Unseen(example[same], count) for same, count in seen.items()]
    return tuple(sorted(found, key=lambda u: (u.gap.reason, u.gap.call, u.gap.region, u.gap.detail)))
