"""Two audits side by side: what is new, fixed, regressed or the same, and what can no longer be seen."""

from collections.abc import Container, Iterable
from enum import StrEnum

import msgspec

from hexward.inventory import GLOBAL
from hexward.model import Finding, Severity, Status
from hexward.report.json import laid_out
from hexward.report.text import printable

SCHEMA = "hexward.diff/v1"


class Change(StrEnum):
    """What became of a fault between two audits."""

    NEW = "new"
    """It fails, and was not judged before: a new thing, a new control, or one that was unknown."""
    REGRESSED = "regressed"
    """It fails, and the same control had passed the same thing."""
    FIXED = "fixed"
    """It failed, and the thing passes or is gone."""
    UNSEEN = "unseen"
    """It failed, and cannot be seen any more; that is not a fix."""
    SAME = "same"
    """It failed, and fails."""


class Row(msgspec.Struct, frozen=True):
    """What a comparison needs of one finding."""

    control: str
    status: Status
    severity: str
    resource: str
    region: str
    says: str
    fingerprint: str
    aspect: str = ""

    @property
    def thing(self) -> tuple[str, str, str]:
        """The control and the resource, whatever the control says of it."""
        return (self.control, self.resource, self.region)


class Changed(msgspec.Struct, frozen=True):
    """One fault and what became of it; `row` is the newer finding, for a fixed or unseen one the older."""

    change: Change
    row: Row


def rows(findings: Iterable[Finding]) -> tuple[Row, ...]:
    """Reduce findings to what a comparison needs."""
    return tuple(
        Row(f.control, f.status, str(f.severity), f.resource, f.region, f.says, f.fingerprint, f.aspect)
        for f in findings
    )


def compare(before: Iterable[Row], after: Iterable[Row], regions: Container[str] | None = None) -> tuple[Changed, ...]:
    """Say what became of every fault of either audit, worst and newest first.

    `regions` are those that the later audit looked at, None for all: a fault of another region cannot be seen any more.
    """
    old, new = tuple(before), tuple(after)
    failed_before = {row.fingerprint: row for row in old if row.status is Status.FAIL}
    failed_after = {row.fingerprint: row for row in new if row.status is Status.FAIL}
    passed_before = {row.thing for row in old if row.status is Status.PASS}
    unknown_after = {row.thing for row in new if row.status is Status.UNKNOWN}
    # A kind that could not be listed is one unknown finding without a resource of its own.
    unlisted = {
        (row.control, row.region) for row in new if row.status is Status.UNKNOWN and row.resource.endswith("/*")
    }
    found = []
    for fingerprint, row in failed_after.items():
        if fingerprint in failed_before:
            found.append(Changed(Change.SAME, row))
        else:
            found.append(Changed(Change.REGRESSED if row.thing in passed_before else Change.NEW, row))
    for fingerprint, row in failed_before.items():
        if fingerprint not in failed_after:
            unseen = (
                row.thing in unknown_after
                or bool({(row.control, row.region), (row.control, "")} & unlisted)
                or not (regions is None or row.region in {"", GLOBAL} or row.region in regions)
            )
            found.append(Changed(Change.UNSEEN if unseen else Change.FIXED, row))
    order = list(Change)
    return tuple(
        sorted(
            found, key=lambda c: (order.index(c.change), -_severity(c.row), c.row.control, c.row.resource, c.row.aspect)
        )
    )


def _severity(row: Row) -> Severity:
    return Severity[row.severity.upper()] if row.severity.upper() in Severity.__members__ else Severity.LOW


def worst(changes: Iterable[Changed], at_least: Severity) -> bool:
    """Say whether something is new or regressed at this severity."""
    return any(c.change in {Change.NEW, Change.REGRESSED} and _severity(c.row) >= at_least for c in changes)


def render_json(changes: tuple[Changed, ...]) -> str:
    """Return the comparison as JSON, schema `hexward.diff/v1`."""
    counts = {change.value: sum(c.change is change for c in changes) for change in Change}
    told = [{"change": c.change, **msgspec.to_builtins(c.row)} for c in changes]
    document = {"schema": SCHEMA, "counts": counts, "changes": told}
    return laid_out(document)


def render_text(changes: tuple[Changed, ...]) -> str:
    """Return the comparison for a terminal; what is the same is only counted."""
    text = ""
    for change in Change:
        told = [c.row for c in changes if c.change is change]
        text += f"{change.value:<10} {len(told)}\n"
        if change is not Change.SAME:
            text += "".join(
                f"    {row.severity:<8} {row.control}  {printable(row.resource)}: {printable(row.says)}\n"
                for row in told
            )
    return text
