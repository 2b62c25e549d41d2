"""The audit as one HTML file that needs no network: safe by construction, whatever the account's names and tags hold.

Every value is escaped by Jinja2; the page's policy lets nothing run but the one script and the one style of this package, by hash.
"""

import base64
import hashlib
from collections import defaultdict
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from hexward.controls import Control, FrameworkScore, Score
from hexward.model import Finding, Kind, Status
from hexward.report.document import Audit
from hexward.report.text import printable

PLAIN = 200
"""How many failures are in the page for readers without JavaScript."""


STATES = ("fail", "unknown", "advice", "to show")
"""What a row of the findings is: a fault, something unseen, advice that never scores, or what a person must show."""


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("hexward.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(audit: Audit) -> str:
    """Return the page; equal audits give equal bytes."""
    environment = _environment()
    titles = {control.id: control.title for control in audit.controls}
    style, script = (environment.get_template(name).render() for name in ("page.css", "page.js"))
    return environment.get_template("audit.html").render(
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'",
        account=printable(audit.account),
        regions=", ".join(audit.regions) or "none",
        when=audit.collected_at.strftime("%Y-%m-%d %H:%M UTC"),
        complete=audit.complete,
        bars=[_bar(name.value, score) for name, score in audit.scores.items()] + [_bar("all", audit.total)],
        frameworks=[_framework(one) for one in audit.frameworks],
        counts={status.value: sum(f.status is status for f in audit.findings) for status in Status},
        plain=[_row(one, titles[one.control]) for one in audit.failed()[:PLAIN]],
        failed=len(audit.failed()),
        excepted=[_row(one, titles[one.control]) | _accepted(one) for one in audit.excepted],
        problems=[printable(problem) for problem in audit.problems],
        controls=[_control(one) for one in audit.controls],
        unseen=[_unseen(audit, place) for place in range(len(audit.unseen))],
        data=_data(audit),
    )


def _hash(text: str) -> str:
    """Return a source expression of a page's policy; https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _bar(name: str, score: Score) -> dict[str, Any]:
    total = score.passed + score.failed + score.unknown
    shares = [100 * count / total if total else 0 for count in (score.passed, score.failed, score.unknown)]
    return {
        "name": name,
        "score": score,
        "passed": round(shares[0], 2),
        "failed": round(shares[1], 2),
        "unknown": round(shares[2], 2),
    }


SIGNS = {Status.PASS: "■", Status.FAIL: "□", Status.UNKNOWN: "▨"}
"""A sign beside each word, so that colour is never alone."""


def _framework(one: FrameworkScore) -> dict[str, Any]:
    return {
        "name": f"{one.framework.name} {one.framework.version}",
        "score": one.score,
        "served": one.served,
        "source": one.framework.source,
        "requirements": [
            {
                "id": r.requirement.id,
                "title": r.requirement.title,
                "status": r.status.value if r.status else ("nothing to judge" if r.controls else "not judged"),
                "sign": SIGNS[r.status] if r.status else "·",
                "controls": r.controls,
            }
            for r in one.requirements
        ],
    }


def _row(one: Finding, title: str) -> dict[str, str]:
    return {
        "title": title,
        "severity": str(one.severity),
        "control": one.control,
        "resource": printable(one.resource),
        "region": printable(one.region),
        "says": printable(one.says),
    }


def _accepted(one: Finding) -> dict[str, str]:
    accepted = one.evidence["exception"]
    told = accepted if isinstance(accepted, dict) else {}
    return {name: printable(told.get(name, "")) for name in ("owner", "reason", "expires")}


def _control(control: Control) -> dict[str, Any]:
    return {
        "id": control.id,
        "practice": control.practice.value,
        "severity": str(control.severity),
        "title": control.title,
        "why": control.why,
        "fix": control.fix,
        "source": control.source,
        "frameworks": ", ".join(control.frameworks),
    }


def _unseen(audit: Audit, place: int) -> dict[str, Any]:
    one = audit.unseen[place]
    gap = one.gap
    return {
        "call": printable(gap.call or "not collected"),
        "region": printable(gap.region),
        "reason": gap.reason.value,
        "action": printable(gap.action),
        "detail": printable(gap.detail),
        "count": one.count,
    }


def _data(audit: Audit) -> dict[str, Any]:
    """Return the findings as rows of numbers into a list of texts, each text once: 10,000 findings stay below 2 MB.

    A row is [control, state, resource, region, what it says], the state a place in `STATES`; passes and what does not apply are left out.
    """
    texts: dict[str, int] = defaultdict(lambda: len(texts))
    places = {control.id: place for place, control in enumerate(audit.controls)}
    shown = [one for one in audit.findings if one.status in {Status.FAIL, Status.UNKNOWN}]
    shown.sort(key=lambda f: (STATES.index(_state(f)), -f.severity, f.control, f.resource, f.aspect))
    rows = [
        [
            places[f.control],
            STATES.index(_state(f)),
            *(texts[printable(t)] for t in (f.resource, f.region, f.says)),
        ]
        for f in shown
    ]
    controls = [[c.id, c.practice.value, str(c.severity), c.title] for c in audit.controls]
    return {"states": STATES, "controls": controls, "texts": list(texts), "rows": rows}


def _state(one: Finding) -> str:
    if one.kind is Kind.EVIDENCE:
        return "to show"
    if one.status is Status.UNKNOWN:
        return "unknown"
    return "fail" if one.kind is Kind.RISK else "advice"
