"""The findings as OCSF Compliance Findings (class 2003), one JSON array; https://schema.ocsf.io/1.5.0/classes/compliance_finding."""

from importlib.metadata import version
from typing import Any

from hexward.controls import Control
from hexward.model import Finding, Severity, Status
from hexward.report.document import Audit
from hexward.report.json import laid_out
from hexward.report.text import printable

VERSION = "1.5.0"
CLASS = 2003
CREATE = 1
"""The activity: the finding was made."""

SEVERITIES = {Severity.LOW: 2, Severity.MEDIUM: 3, Severity.HIGH: 4, Severity.CRITICAL: 5}
INFORMATIONAL = 1
STATUSES = {
    Status.PASS: (1, "Pass"),
    Status.UNKNOWN: (0, "Unknown"),
    Status.FAIL: (3, "Fail"),
    Status.EXCEPTED: (3, "Fail"),
}
"""OCSF has no word for what does not apply: those findings are left out."""


def render(audit: Audit) -> str:
    """Return one event for every control and resource that the control applies to."""
    controls = {control.id: control for control in audit.controls}
    millis = int(audit.collected_at.timestamp() * 1000)
    events = [_event(one, controls[one.control], millis) for one in audit.findings if one.status in STATUSES]
    return laid_out(events)


def _event(one: Finding, control: Control, millis: int) -> dict[str, Any]:
    status_id, status = STATUSES[one.status]
    state_id, state = (3, "Suppressed") if one.status is Status.EXCEPTED else (1, "New")
    severity = INFORMATIONAL if one.status is Status.PASS else SEVERITIES[one.severity]
    return {
        "activity_id": CREATE,
        "activity_name": "Create",
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": CLASS,
        "class_name": "Compliance Finding",
        "type_uid": CLASS * 100 + CREATE,
        "type_name": "Compliance Finding: Create",
        "time": millis,
        "severity_id": severity,
        "severity": "Informational" if severity == INFORMATIONAL else str(one.severity).capitalize(),
        "status_id": state_id,
        "status": state,
        "message": printable(one.says),
        "metadata": metadata(),
        "finding_info": {
            "uid": one.fingerprint,
            "title": control.title,
            "desc": control.why,
            "created_time": millis,
            "src_url": control.source,
        },
        "compliance": {
            "control": one.control,
            "requirements": list(one.frameworks),
            "standards": sorted({name.partition(":")[0] for name in one.frameworks}) or ["Hexward"],
            "status_id": status_id,
            "status": status,
        },
        "resources": [{"uid": printable(one.resource), "region": one.region, "cloud_partition": "aws"}],
        "cloud": {"provider": "AWS", "region": one.region, "account": {"uid": one.account, "type_id": 10}},
        "remediation": {"desc": control.fix, "references": [control.source]},
    }


def metadata() -> dict[str, Any]:
    """Say which schema an event is of, and what wrote it."""
    return {"version": VERSION, "product": {"name": "Hexward", "vendor_name": "Hexward", "version": version("hexward")}}
