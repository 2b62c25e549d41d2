"""Judges an inventory by controls: one finding for every control and resource, passes too, and unknown where something was not seen."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from hexward.controls.control import Control, NotApplicable
from hexward.inventory import Inventory, Listing, NotCollected, Record, noting
from hexward.inventory.record import sources
from hexward.model import Fault, Finding, Gap, Status


class Verdict(msgspec.Struct, frozen=True):
    """What a control says of one record: the faults that were proved, and what kept it from seeing more."""

    faults: tuple[Fault, ...] = ()
    unseen: tuple[NotCollected, ...] = ()
    not_applicable: str = ""

    @property
    def status(self) -> Status:
        """Fail if a fault was proved, else unknown if something was not seen."""
        if self.faults:
            return Status.FAIL
        if self.unseen:
            return Status.UNKNOWN
        return Status.NOT_APPLICABLE if self.not_applicable else Status.PASS


def judge(control: Control, record: Record, inventory: Inventory) -> Verdict:
    """Judge one record. A fault proved before a gap stays a fault."""
    faults: list[Fault] = []
    missing: list[NotCollected] = []
    with noting() as left_out:
        try:
            faults.extend(control.faults(record, inventory))
        except NotCollected as gap:
            missing.append(gap)
        except NotApplicable as reason:
            return Verdict(tuple(faults), tuple(left_out), str(reason))
    return Verdict(tuple(faults), (*missing, *left_out))


def audit(inventory: Inventory, controls: Iterable[Control]) -> Iterator[Finding]:
    """Yield every finding, in the order of controls and of resources, so that two audits of one inventory are byte-equal."""
    ordered: dict[type[Record], list[Record]] = {}
    for control in sorted(controls, key=lambda c: c.id):
        listing: Listing[Record] = inventory.of(control.judges)
        if control.judges not in ordered:
            ordered[control.judges] = sorted(listing.records, key=lambda r: (r.arn, r.region))
        for record in ordered[control.judges]:
            yield from _findings(control, record, judge(control, record, inventory))
        yield from _unlisted(control, inventory, listing.gaps)


def _findings(control: Control, record: Record, verdict: Verdict) -> Iterator[Finding]:
    for fault in verdict.faults:
        evidence = evidence_of(record, fault.field)
        yield _finding(control, record, Status.FAIL, fault.says, fault.aspect, evidence=evidence)
    if verdict.unseen:
        aspect = "unseen" if verdict.faults else ""
        yield _unseen(control, record, verdict.unseen, aspect)
    elif not verdict.faults:
        yield _finding(control, record, verdict.status, verdict.not_applicable, "")


def _finding(
    control: Control, record: Record, status: Status, says: str, aspect: str, *,
    evidence: dict[str, object] | None = None, gaps: tuple[Gap, ...] = (),
) -> Finding:  # fmt: skip
    return Finding(
        control=control.id,
        practice=control.practice,
        kind=control.kind,
        status=status,
        severity=control.severity,
        resource=record.arn,
        account=record.account,
        region=record.region,
        says=says or control.title,
        evidence=evidence or {},
        aspect=aspect,
        gaps=gaps,
        frameworks=control.frameworks,
    )


def _unseen(control: Control, record: Record, unseen: Sequence[NotCollected], aspect: str) -> Finding:
    gaps = tuple(dict.fromkeys(missing.gap for missing in unseen))
    says = "; ".join(dict.fromkeys(str(missing) for missing in unseen[:3]))
    return _finding(control, record, Status.UNKNOWN, says, aspect, gaps=gaps)


def _unlisted(control: Control, inventory: Inventory, missing: Iterable[NotCollected]) -> Iterator[Finding]:
    """Say unknown of a whole kind, once for each region: what could not be listed must not look like an account without any."""
    by_region: dict[str, list[NotCollected]] = {}
    for one in missing:
        by_region.setdefault(one.gap.region, []).append(one)
    for region, unseen in sorted(by_region.items()):
        what = Record.partial({}, arn=f"{control.judges.__name__}/*", account=inventory.account, region=region)
        # The name says nothing of the account, and a finding's fingerprint nothing but its name and its aspect.
        yield _unseen(control, what, unseen, f"{inventory.account} {region}".strip())


def evidence_of(record: Record, path: str) -> dict[str, object]:
    """Return what proves a fault: the field's path, its value in plain types, and the call that told it."""
    name, _, _ = path.partition(".")
    source = sources(type(record)).get(name)
    if source is None:
        return {"field": path} if path else {}
    try:
        value = getattr(record, name)
    except NotCollected:
        value = None
    found: dict[str, object] = {"field": path, "value": msgspec.to_builtins(value)}
    if source.at is not None:
        found["call"] = source.at.call
        found["path"] = source.at.path
    return found
