"""The audit as Markdown, short enough for a comment on a pull request."""

from itertools import groupby

from hexward.controls import Score
from hexward.report.document import Audit
from hexward.report.text import printable

MOST = 200
"""How many failed findings are listed; a comment on GitHub holds 65,536 characters."""


def render(audit: Audit) -> str:
    """Return the scores, the failed findings by control, and what could not be seen."""
    when = audit.collected_at.strftime("%Y-%m-%d %H:%M UTC")
    lines = [
        f"## Hexward: account {code(audit.account)}, {when}",
        "",
        "| practice | score | coverage | pass | fail | unknown |",
    ]
    lines.append("|---|---:|---:|---:|---:|---:|")
    lines += [_score(practice.value, score) for practice, score in audit.scores.items()]
    lines += [_score("**all**", audit.total), "", *_frameworks(audit), *_failed(audit), *_unseen(audit)]
    return "\n".join(lines) + "\n"


def code(text: object) -> str:
    """Return text of the account as Markdown code, which nothing in it can end: backticks become another sign."""
    shown = printable(text).replace("`", "'").replace("|", "\\|")
    return f"`{shown}`" if shown.strip() else "-"


def _frameworks(audit: Audit) -> list[str]:
    told = [one for one in audit.frameworks if one.score.percent is not None]
    if not told:
        return []
    rows = [_score(one.framework.name, one.score) for one in told]
    return ["| framework | score | coverage | pass | fail | unknown |", "|---|---:|---:|---:|---:|---:|", *rows, ""]


def _score(name: str, score: Score) -> str:
    percent = "no evidence" if score.percent is None else f"{score.percent} %"
    coverage = "no evidence" if score.coverage is None else f"{score.coverage} %"
    return f"| {name} | {percent} | {coverage} | {score.passed} | {score.failed} | {score.unknown} |"


def _failed(audit: Audit) -> list[str]:
    failed = audit.failed()
    if not failed:
        return ["No control failed.", ""]
    titles = {control.id: control.title for control in audit.controls}
    lines: list[str] = []
    for control, findings in groupby(failed[:MOST], key=lambda f: f.control):
        group = list(findings)
        lines += [f"### {group[0].severity}: {titles[control]}", "", f"`hexward explain {control}`", ""]
        lines += [f"- {code(one.resource)} {code(one.says)}" for one in group]
        lines.append("")
    if len(failed) > MOST:
        lines += [f"And {len(failed) - MOST} more.", ""]
    return lines


def _unseen(audit: Audit) -> list[str]:
    if audit.complete:
        return ["Everything that these controls need was seen."]
    lines = ["### What could not be seen", ""]
    for one in audit.unseen:
        gap = one.gap
        needs = f", needs {code(gap.action)}" if gap.action else ""
        lines.append(f"- {code(gap.call or gap.detail)} {code(gap.region)}: {gap.reason.value}{needs}")
    return lines
