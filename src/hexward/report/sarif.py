"""The findings as SARIF 2.1.0, which code hosts and editors show; https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from hexward.controls import Control
from hexward.model import Finding, Kind, Severity, Status
from hexward.report.document import Audit
from hexward.report.json import laid_out
from hexward.report.text import printable

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}
SCORES = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.0"}
"""Numbers in place of words, which code hosts sort by (`security-severity`)."""
KINDS = {
    Status.FAIL: "fail",
    Status.PASS: "pass",
    Status.UNKNOWN: "open",
    Status.NOT_APPLICABLE: "notApplicable",
    Status.EXCEPTED: "fail",
}


def render(audit: Audit) -> str:
    """Return one run with a rule per control and a result per failed or unknown finding."""
    told = [one for one in audit.findings if one.status in {Status.FAIL, Status.UNKNOWN, Status.EXCEPTED}]
    places = {control.id: place for place, control in enumerate(audit.controls)}
    run = {
        "tool": {
            "driver": {
                "name": "Hexward",
                "semanticVersion": version("hexward"),
                "rules": [_rule(control) for control in audit.controls],
            }
        },
        "invocations": [{"executionSuccessful": True, "endTimeUtc": audit.collected_at.strftime("%Y-%m-%dT%H:%M:%SZ")}],
        "results": [_result(one, places[one.control]) for one in told],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return laid_out(document)


def _rule(control: Control) -> dict[str, Any]:
    return {
        "id": control.id,
        "shortDescription": {"text": f"{control.title}."},
        "fullDescription": {"text": control.why},
        "help": {"text": control.fix},
        "helpUri": control.source,
        "defaultConfiguration": {"level": LEVELS[control.severity]},
        "properties": {
            "security-severity": SCORES[control.severity],
            "tags": ["security", control.practice.value, *control.frameworks],
        },
    }


def _result(one: Finding, place: int) -> dict[str, Any]:
    failed = one.status is not Status.UNKNOWN
    accepted = one.evidence.get("exception")
    suppressions = [{"kind": "external", "justification": _accepted(accepted)}] if accepted else []
    return {
        "ruleId": one.control,
        "ruleIndex": place,
        "kind": KINDS[one.status],
        # Only a failure has a level; SARIF wants "none" for every other kind (3.27.10).
        "level": "none" if not failed else "note" if one.kind is Kind.ADVICE else LEVELS[one.severity],
        "message": {"text": printable(one.says)},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": quote(printable(one.resource), safe="/")}},
                "logicalLocations": [{"fullyQualifiedName": printable(one.resource), "kind": "resource"}],
            }
        ],
        "suppressions": suppressions,
        "partialFingerprints": {"hexward/v1": one.fingerprint},
        "properties": {"account": one.account, "region": one.region, "practice": one.practice.value},
    }


def _accepted(accepted: object) -> str:
    """Say who accepts a fault, why, and until when."""
    told = accepted if isinstance(accepted, dict) else {}
    return printable(f"{told.get('owner')}: {told.get('reason')} (until {told.get('expires')})")
