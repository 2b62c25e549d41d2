"""Alerts as lines of JSON, one each, in the order of time."""

import json

from hexward.model import Alert


def line(alert: Alert) -> str:
    """Return one alert as a line, without its end. Whatever is not ASCII is escaped, so that no terminal obeys it."""
    return json.dumps(
        {
            "detection": alert.detection,
            "level": str(alert.level),
            "tactics": list(alert.tactics),
            "time": alert.time,
            "principal": alert.principal,
            "account": alert.account,
            "region": alert.region,
            "events": list(alert.events),
            "targets": list(alert.targets),
            "summary": alert.summary,
            "playbook": alert.playbook or None,
        }
    )
