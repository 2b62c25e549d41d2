"""Events for the tests of detections: one base event of each log, and what a test lays over it."""

import copy
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from hexward.detections import Detection, Engine, alerts
from hexward.events import Event, Log, event_of
from hexward.model import Alert

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 14, 2, 17, tzinfo=UTC)
ACCOUNT = "111122223333"

CLOUDTRAIL: Mapping[str, Any] = {
    "eventVersion": "1.11",
    "userIdentity": {
        "type": "IAMUser",
        "principalId": "AIDAEXAMPLE",
        "arn": f"arn:aws:iam::{ACCOUNT}:user/ana",
        "accountId": ACCOUNT,
        "accessKeyId": "AKIAEXAMPLE",
        "userName": "ana",
    },
    "eventSource": "sts.amazonaws.com",
    "eventName": "GetCallerIdentity",
    "awsRegion": "eu-west-1",
    "sourceIPAddress": "198.51.100.7",
    "userAgent": "aws-cli/2.30.0",
    "requestParameters": None,
    "responseElements": None,
    "readOnly": False,
    "eventType": "AwsApiCall",
    "managementEvent": True,
    "recipientAccountId": ACCOUNT,
    "eventCategory": "Management",
}
GUARDDUTY: Mapping[str, Any] = {
    "schemaVersion": "2.0",
    "accountId": ACCOUNT,
    "region": "eu-west-1",
    "partition": "aws",
    "type": "Recon:EC2/PortProbeUnprotectedPort",
    "severity": 2,
    "title": "An instance is probed.",
    "description": "An instance is probed.",
    "resource": {"resourceType": "Instance"},
    "service": {"serviceName": "guardduty", "count": 1, "archived": False},
}
BASES = {Log.CLOUDTRAIL: CLOUDTRAIL, Log.GUARDDUTY: GUARDDUTY}
WORDS = {"log", "after", "repeat", "every"}
"""What an overlay says beside fields: which log it is of, how many seconds it comes after the one before, and how often, how far apart."""


def file_of(detection: Detection) -> Path:
    practice, _, name = detection.id.partition(".")
    return HERE / practice / f"{name}.yml"


def examples(detection: Detection, kind: str) -> list[list[Mapping[str, Any]]]:
    """Return the examples of one kind, `hits` or `misses`; each is a list of overlays."""
    given = yaml.safe_load(file_of(detection).read_text())
    return [one if isinstance(one, list) else [one] for one in given[kind]]


def events(overlays: list[Mapping[str, Any]]) -> Iterator[Event]:
    """Make the events of one example, in the order of time."""
    moment = NOW
    for place, overlay in enumerate(overlays):
        moment += timedelta(seconds=overlay.get("after", 1))
        for number in range(overlay.get("repeat", 1)):
            yield _event(overlay, moment, f"{place:04}-{number:04}", number)
            moment += timedelta(seconds=overlay.get("every", 1))


def _event(overlay: Mapping[str, Any], moment: datetime, name: str, number: int) -> Event:
    log = Log(overlay.get("log", "cloudtrail"))
    record = copy.deepcopy(dict(BASES[log]))
    when = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    record |= {"eventID": name, "eventTime": when} if log is Log.CLOUDTRAIL else {"id": name, "updatedAt": when}
    known: dict[str, Any] = {}
    for key, value in overlay.items():
        filled = value.replace("{n}", str(number)) if isinstance(value, str) else value
        if key.startswith("hexward."):
            known[key.removeprefix("hexward.")] = filled
        elif key not in WORDS:
            _lay(record, key.split("."), filled)
    made = event_of(log, record)
    return made.knowing(made.known.more(**known))


def _lay(record: dict[str, Any], steps: list[str], value: object) -> None:
    for step in steps[:-1]:
        if not isinstance(record.get(step), dict):
            record[step] = {}
        record = record[step]
    record[steps[-1]] = value


def alerts_of(detection: Detection, overlays: list[Mapping[str, Any]]) -> list[Alert]:
    engine = Engine([detection])
    hits = sorted(hit for event in events(overlays) for hit in engine.hits(event))
    return list(alerts(hits, engine.detections))
