"""The audit for a person at a terminal: six practices, the worst findings in plain words, and what could not be seen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hexward.controls import Control, Score
from hexward.model import Finding, Kind, Reason, Severity
from hexward.report.document import Audit, Unseen
from hexward.report.text import printable

BAR = 24
"""Characters of a practice's bar."""

PASS, FAIL, UNKNOWN = ("█", "green"), ("░", "red"), ("╱", "yellow")
"""Sign and colour of each state in a bar; the signs differ in shape, so that colour is never alone."""

COLOURS = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
}

SHOWN = 4
"""How many resources a finding lists before it says how many more there are."""


def show(audit: Audit, console: Console, *, at_least: Severity = Severity.LOW, most: int | None = None) -> None:
    """Print the report; `most` limits how many controls' failures are told, worst first."""
    told = _by_control(audit.failed(at_least))
    console.print(_heading(audit))
    console.print(_scores(audit))
    console.print(_legend())
    console.print(_frameworks(audit))
    shown = told if most is None else told[:most]
    if shown:
        title = (
            f"The {len(shown)} worst of {len(told)} faults"
            if len(shown) < len(told)
            else f"{len(told)} faults, worst first"
        )
        console.print(Text(f"\n{title}", style="bold"))
        controls = {control.id: control for control in audit.controls}
        for place, findings in enumerate(shown, start=1):
            console.print(_fault(place, controls[findings[0].control], findings))
    console.print(_aside("Advice, which never scores", audit.failed(at_least, Kind.ADVICE)))
    console.print(_aside("What a person must show", [one for one in audit.to_show if one.severity >= at_least]))
    console.print(_exceptions(audit))
    console.print(_unseen(audit))


def _heading(audit: Audit) -> Text:
    when = audit.collected_at.strftime("%Y-%m-%d %H:%M UTC")
    regions = ", ".join(audit.regions) if len(audit.regions) <= SHOWN else f"{len(audit.regions)} regions"
    return Text.assemble(
        ("Hexward", "bold"), f"  account {printable(audit.account)}  {printable(regions or 'no region')}  {when}\n"
    )


def _scores(audit: Audit) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("practice", "", "score", "coverage", "controls"):
        table.add_column(name, justify="right" if name in {"score", "coverage"} else "left")
    for practice, score in audit.scores.items():
        table.add_row(practice.value, _bar(score), _percent(score.percent), _percent(score.coverage), _counts(score))
    total = audit.total
    table.add_row(
        Text("all", "bold"),
        _bar(total),
        _percent(total.percent),
        _percent(total.coverage),
        _counts(total),
        end_section=True,
    )
    return table


def _percent(value: int | None) -> str:
    return "no evidence" if value is None else f"{value} %"


def _counts(score: Score) -> str:
    return f"{score.passed} pass, {score.failed} fail, {score.unknown} unknown"


def _bar(score: Score) -> Text:
    """Draw the shares of passed, failed and unknown controls."""
    total = score.passed + score.failed + score.unknown
    if total == 0:
        return Text("·" * BAR, "dim")
    passed = BAR * score.passed // total
    # What rounding leaves goes to the failures, or to what is unknown where nothing failed.
    unknown = BAR * score.unknown // total if score.failed else (BAR - passed if score.unknown else 0)
    shares = ((PASS, passed), (FAIL, BAR - passed - unknown), (UNKNOWN, unknown))
    return Text.assemble(*((sign * length, colour) for (sign, colour), length in shares))


def _legend() -> Text:
    return Text.assemble(PASS, (" pass   ", "dim"), FAIL, (" fail   ", "dim"), UNKNOWN, (" unknown", "dim"))


def _frameworks(audit: Audit) -> RenderableType:
    """Tell how the frameworks stand that any judged control serves."""
    told = [one for one in audit.frameworks if one.score.percent is not None]
    if not told:
        return Text()
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("framework", "score", "coverage", "requirements with a control"):
        table.add_column(name, justify="left" if name == "framework" else "right")
    for one in told:
        served = f"{one.served} of {len(one.requirements)}"
        table.add_row(one.framework.name, _percent(one.score.percent), _percent(one.score.coverage), served)
    return Padding(table, (1, 0, 0, 0))


def _aside(title: str, findings: list[Finding]) -> RenderableType:
    """Tell findings that no score counts, a line for each control."""
    groups = _by_control(findings)
    if not groups:
        return Text()
    lines: list[RenderableType] = [Text(f"\n{title}", style="bold")]
    for group in groups:
        more = f" and {len(group) - 1} more" if len(group) > 1 else ""
        line = Text.assemble(
            (_short(group[0].resource), "cyan"),
            f": {printable(group[0].says)}{more}  ",
            (f"[{group[0].control}]", "dim"),
        )
        lines.append(Padding(line, (0, 0, 0, 5)))
    return Group(*lines)


def _by_control(findings: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        groups[one.control].append(one)
    return sorted(groups.values(), key=lambda g: (-g[0].severity, -len({f.resource for f in g}), g[0].control))


def _fault(place: int, control: Control, findings: list[Finding]) -> RenderableType:
    resources: dict[str, list[str]] = defaultdict(list)
    for one in findings:
        resources[f"{one.resource} ({one.region})" if one.resource.endswith("*") else one.resource].append(one.says)
    head = Text.assemble(
        f"{place:>3}. ", (str(control.severity).upper(), COLOURS[control.severity]), "  ", (control.title, "bold")
    )
    lines: list[Text] = []
    for resource, says in list(resources.items())[:SHOWN]:
        lines.append(Text.assemble((_short(resource), "cyan"), ": ", printable("; ".join(says))))
    if len(resources) > SHOWN:
        lines.append(Text(f"and {len(resources) - SHOWN} more", "dim"))
    lines.append(Text(f"Why: {control.why}", "dim"))
    lines.append(Text.assemble(("Fix: ", "green"), control.fix, (f"  [{control.id}]", "dim")))
    return Group(head, *(Padding(line, (0, 0, 0, 5)) for line in lines))


def _short(arn: str) -> str:
    """Leave the parts of an ARN that every line would repeat."""
    parts = arn.split(":", 5)
    if len(parts) < 6:  # noqa: PLR2004  (an ARN has six parts)
        return printable(arn)
    _, _, service, region, _, resource = parts
    return printable(" ".join(filter(None, (service, region, resource))))


def _exceptions(audit: Audit) -> RenderableType:
    """Tell the faults that somebody accepts, and the exceptions that no longer do their work."""
    lines: list[RenderableType] = []
    for one in audit.excepted:
        accepted = one.evidence["exception"]
        line = Text.assemble(
            (_short(one.resource), "cyan"), f": {printable(one.says)}  [{one.control}] {printable(accepted)}"
        )
        lines.append(Padding(line, (0, 0, 0, 5)))
    if lines:
        lines.insert(0, Text(f"\n{len(lines)} accepted faults", style="bold"))
    lines += [Text(f"exception: {printable(problem)}", "yellow") for problem in audit.problems]
    return Group(*lines)


def _unseen(audit: Audit) -> RenderableType:
    if audit.complete:
        return Text("\nEverything that these controls need was seen.", "green")
    title = Text("\nWhat could not be seen", style="bold")
    told = [one for one in audit.unseen if one.gap.call]
    skipped = sorted({one.gap.detail for one in audit.unseen if not one.gap.call})
    rows = [Padding(line, (0, 0, 0, 5)) for line in _gaps(told)]
    if skipped:
        rows.append(Padding(Text(printable("; ".join(skipped))), (0, 0, 0, 5)))
    denied = sorted({one.gap.action for one in audit.unseen if one.gap.reason is Reason.DENIED and one.gap.action})
    if denied:
        names = printable(", ".join(denied))
        advice = f"Missing permissions: {names}. `hexward doctor --policy` prints a read-only policy with all of them."
        rows.append(Padding(Text(advice, "yellow"), (0, 0, 0, 5)))
    if not rows:
        rows.append(Padding(Text("settings that the findings marked unknown name"), (0, 0, 0, 5)))
    return Group(title, *rows)


def _gaps(unseen: Iterable[Unseen]) -> Iterator[Text]:
    """Tell each call that failed in one line, whatever the number of regions in which it did."""
    groups: dict[tuple[str, Reason, str], list[Unseen]] = defaultdict(list)
    for one in unseen:
        groups[one.gap.call, one.gap.reason, one.gap.action].append(one)
    for (call, reason, action), group in groups.items():
        regions = sorted({one.gap.region for one in group if one.gap.region})
        where = f" in {regions[0] if len(regions) == 1 else f'{len(regions)} regions'}" if regions else ""
        count = sum(one.count for one in group)
        times = f", {count} times" if count > len(regions) else ""
        several = any(one.more for one in group) or len({one.gap.detail for one in group}) > 1
        more = " and more" if several else ""
        denied = reason is Reason.DENIED
        told = (f" (needs {action})" if action else "") if denied else f": {group[0].gap.detail}{more}"
        yield Text(printable(f"{call}{where}: {reason.value}{times}{told}"))
