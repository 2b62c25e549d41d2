"""The audit as JSON, schema `hexward.audit/v1`; other programs rely on its names."""

from typing import Any

import msgspec

from hexward.controls import FrameworkScore, Score
from hexward.inventory.run import encoded
from hexward.model import Finding
from hexward.report.document import SCHEMA, Audit, Unseen


def render(audit: Audit) -> str:
    """Return the document as JSON text with a line end; equal audits give equal bytes."""
    document = {
        "schema": SCHEMA,
        "account": audit.account,
        "regions": audit.regions,
        "collected_at": audit.collected_at,
        "complete": audit.complete,
        "scores": {practice: _score(score) for practice, score in audit.scores.items()} | {"all": _score(audit.total)},
        "coverage": {practice: score.coverage for practice, score in audit.scores.items()}
        | {"all": audit.total.coverage},
        "frameworks": {one.framework.id: _framework(one) for one in audit.frameworks},
        "gaps": [_gap(one) for one in audit.unseen],
        "exceptions": list(audit.problems),
        "findings": [finding(one) for one in audit.findings],
    }
    return laid_out(document)


def laid_out(document: object) -> str:
    """Return a document as JSON text with a line end, whatever text it holds; every JSON format of ours is written so."""
    return msgspec.json.format(encoded(document), indent=1).decode() + "\n"


def finding(one: Finding) -> dict[str, Any]:
    """Return a finding in plain types, as it stands in the document and in a run's `findings.jsonl`."""
    return {
        "control": one.control,
        "practice": one.practice,
        "kind": one.kind,
        "status": one.status,
        "severity": str(one.severity),
        "resource": one.resource,
        "account": one.account,
        "region": one.region,
        "says": one.says,
        "evidence": one.evidence,
        "fingerprint": one.fingerprint,
        "aspect": one.aspect,
        "frameworks": one.frameworks,
        "gaps": one.gaps,
    }


def _score(score: Score) -> dict[str, int | None]:
    return {
        "percent": score.percent,
        "weighted": score.weighted,
        "passed": score.passed,
        "failed": score.failed,
        "unknown": score.unknown,
        "decided": score.decided,
        "applicable": score.applicable,
        "excepted": score.excepted,
    }


def _framework(one: FrameworkScore) -> dict[str, object]:
    return {
        "name": one.framework.name,
        "version": one.framework.version,
        "score": _score(one.score),
        "coverage": one.score.coverage,
        "served": one.served,
        "requirements": [
            {"id": r.requirement.id, "title": r.requirement.title, "status": r.status, "controls": r.controls}
            for r in one.requirements
        ],
    }


def _gap(unseen: Unseen) -> dict[str, object]:
    gap = unseen.gap
    return {
        "reason": gap.reason,
        "call": gap.call,
        "action": gap.action,
        "region": gap.region,
        "resource": gap.resource,
        "detail": gap.detail,
        "more": unseen.more,
        "count": unseen.count,
    }
