"""An audit without what tells whose it is, to be shown to others: safe by construction, since only what is ours is kept.

Resources and accounts become numbers, sentences become the fields that they are about; regions, controls, statuses, scores and the
calls that failed stay. The same inventory gives the same numbers.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

import msgspec

from hexward.model import Finding, Gap, Status
from hexward.report.document import Audit, Unseen

ACCOUNT = "000000000000"
"""Stands for every account; formats that want a number take it."""

ARN = re.compile(r"arn:aws[a-z-]*:(?P<service>[a-z][a-z0-9-]{1,30}):")


def redacted(audit: Audit) -> Audit:
    """Return the audit with nothing in it that somebody in the account chose."""
    names = _numbered({one.resource for one in audit.findings})
    aspects: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    problems = len(audit.problems)
    return replace(
        audit,
        account=ACCOUNT,
        findings=tuple(_finding(one, names, aspects[one.control, one.resource]) for one in audit.findings),
        unseen=tuple(Unseen(_gap(one.gap), one.count, one.more) for one in audit.unseen),
        problems=(f"{problems} exceptions do not count, are over, or meet no fault",) if problems else (),
    )


def _numbered(resources: Iterable[str]) -> dict[str, str]:
    """Return a name for each resource: its service and a number."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for resource in sorted(resources):
        arn = ARN.match(resource)
        service = arn["service"] if arn else "resource"
        counts[service] += 1
        names[resource] = f"{service}-{counts[service]}"
    return names


def _finding(one: Finding, names: dict[str, str], aspects: dict[str, str]) -> Finding:
    aspect = aspects.setdefault(one.aspect, f"aspect-{len(aspects) + 1}" if one.aspect else "")
    kept: dict[str, object] = {name: one.evidence[name] for name in ("call", "path") if name in one.evidence}
    if "field" in one.evidence:
        # Behind the field's own name a path may go on with a key that somebody chose.
        kept["field"] = str(one.evidence["field"]).partition(".")[0]
    field = f" in {kept['field']}" if "field" in kept else ""
    says = {
        Status.FAIL: f"a fault{field}",
        Status.UNKNOWN: "could not be seen",
        Status.EXCEPTED: f"an accepted fault{field}",
    }
    accepted = {"owner": "redacted", "reason": "redacted", "expires": "redacted"}
    return msgspec.structs.replace(
        one,
        resource=names[one.resource],
        account=ACCOUNT,
        says=says.get(one.status, "redacted"),
        evidence=kept | ({"exception": accepted} if one.status is Status.EXCEPTED else {}),
        aspect=aspect,
        gaps=tuple(map(_gap, one.gaps)),
    )


def _gap(gap: Gap) -> Gap:
    """Keep what was asked and why it failed; what AWS answered may name things."""
    return msgspec.structs.replace(gap, detail="redacted", account=ACCOUNT, resource="")
