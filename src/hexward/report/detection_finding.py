"""Alerts as OCSF Detection Findings (class 2004), one a line; https://schema.ocsf.io/1.5.0/classes/detection_finding."""

import hashlib
import json
from typing import Any

from hexward.detections import tactic_ids
from hexward.events import milliseconds
from hexward.model import Alert
from hexward.report.ocsf import CREATE, SEVERITIES, metadata
from hexward.report.text import printable

CLASS = 2004
RULE = 1
"""What found it is a rule."""
NEW = 1


def line(alert: Alert) -> str:
    """Return one alert as a line, without its end. The same alert has the same uid in every hunt."""
    return json.dumps(event(alert))


def event(alert: Alert) -> dict[str, Any]:
    """Return one alert as an event of OCSF."""
    millis = milliseconds(alert.time)
    told = "\0".join((alert.detection, alert.account, alert.principal, alert.time, *alert.events))
    title, _, _ = alert.summary.partition(": ")
    ids = tactic_ids()
    return {
        "activity_id": CREATE,
        "activity_name": "Create",
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": CLASS,
        "class_name": "Detection Finding",
        "type_uid": CLASS * 100 + CREATE,
        "type_name": "Detection Finding: Create",
        "time": millis,
        "severity_id": SEVERITIES[alert.level],
        "severity": str(alert.level).capitalize(),
        "status_id": NEW,
        "status": "New",
        "is_alert": True,
        "message": printable(alert.summary),
        "metadata": metadata(),
        "finding_info": {
            "uid": hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:20],
            "title": printable(title),
            "created_time": millis,
            "analytic": {"type_id": RULE, "type": "Rule", "uid": alert.detection, "name": printable(title)},
            "attacks": [{"tactic": {"name": one, "uid": ids[one]}} for one in alert.tactics if one in ids],
            "related_events": [{"uid": printable(one)} for one in alert.events],
        },
        # Who acted is no resource: those are what was acted on.
        **({"resources": [_resource(printable(one)) for one in alert.targets]} if alert.targets else {}),
        "evidences": [{"actor": {"user": {"uid": printable(alert.principal)}}}],
        "cloud": {
            "provider": "AWS",
            "region": printable(alert.region),
            "account": {"uid": printable(alert.account), "type_id": 10},
        },
    }


def _resource(named: str) -> dict[str, str]:
    return {"uid": named} if named.startswith("arn:") else {"name": named}
