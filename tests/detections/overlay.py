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
VPC_FLOW: Mapping[str, Any] = {
    "version": 2,
    "account-id": ACCOUNT,
    "interface-id": "eni-0a1b2c3d4e5f60718",
    "srcaddr": "10.0.1.5",
    "dstaddr": "203.0.113.9",
    "srcport": 49152,
    "dstport": 443,
    "protocol": 6,
    "packets": 10,
    "bytes": 8000,
    "action": "ACCEPT",
    "log-status": "OK",
}
DNS: Mapping[str, Any] = {
    "version": "1.100000",
    "account_id": ACCOUNT,
    "region": "eu-west-1",
    "vpc_id": "vpc-0a1b2c3d",
    "query_name": "example.com.",
    "query_type": "A",
    "query_class": "IN",
    "rcode": "NOERROR",
    "answers": [{"Rdata": "203.0.113.9", "Type": "A", "Class": "IN"}],
    "srcaddr": "10.0.1.5",
    "srcport": "56067",
    "transport": "UDP",
    "srcids": {"instance": "i-0317f6c6b66ae9c40"},
}
WAF: Mapping[str, Any] = {
    "formatVersion": 1,
    "webaclId": f"arn:aws:wafv2:eu-west-1:{ACCOUNT}:regional/webacl/inference/1",
    "terminatingRuleId": "Default_Action",
    "action": "ALLOW",
    "httpSourceName": "APIGW",
    "httpRequest": {"clientIp": "198.51.100.7", "country": "DE", "uri": "/chat", "httpMethod": "POST"},
}
INVOCATIONS: Mapping[str, Any] = {
    "schemaType": "ModelInvocationLog",
    "schemaVersion": "1.0",
    "accountId": ACCOUNT,
    "identity": {"arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/chat/session"},
    "region": "eu-west-1",
    "operation": "Converse",
    "modelId": "anthropic.claude-3-haiku-20240307-v1:0",
    "input": {"inputContentType": "application/json", "inputBodyJson": {}, "inputTokenCount": 35},
    "output": {"outputContentType": "application/json", "outputBodyJson": {}, "outputTokenCount": 446},
}
S3_ACCESS: Mapping[str, Any] = {
    "bucket": "training-data",
    "remote_ip": "198.51.100.7",
    "requester": f"arn:aws:iam::{ACCOUNT}:user/ana",
    "operation": "REST.GET.OBJECT",
    "key": "shard-0.parquet",
    "http_status": 200,
    "bytes_sent": 113,
}
BASES = {
    Log.CLOUDTRAIL: CLOUDTRAIL,
    Log.GUARDDUTY: GUARDDUTY,
    Log.VPC_FLOW: VPC_FLOW,
    Log.DNS: DNS,
    Log.WAF: WAF,
    Log.INVOCATIONS: INVOCATIONS,
    Log.S3_ACCESS: S3_ACCESS,
}
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
    record: dict[str, Any] = copy.deepcopy(dict(BASES[log]))
    record |= _identified(log, moment, name)
    known: dict[str, Any] = {}
    for key, value in overlay.items():
        filled = value.replace("{n}", str(number)) if isinstance(value, str) else value
        if key.startswith("hexward."):
            known[key.removeprefix("hexward.")] = filled
        elif key not in WORDS:
            _lay(record, key.split("."), filled)
    made = event_of(log, record)
    return made.knowing(made.known.but(known))


def _identified(log: Log, moment: datetime, name: str) -> dict[str, object]:
    """Return the fields by which each log tells events apart, and when they were."""
    when, seconds = moment.strftime("%Y-%m-%dT%H:%M:%SZ"), int(moment.timestamp())
    fields: dict[Log, dict[str, object]] = {
        Log.CLOUDTRAIL: {"eventID": name, "eventTime": when},
        Log.GUARDDUTY: {"id": name, "updatedAt": when},
        Log.VPC_FLOW: {"start": seconds, "end": seconds + 60},
        Log.DNS: {"query_timestamp": when},
        Log.WAF: {"timestamp": seconds * 1000},
        Log.INVOCATIONS: {"requestId": name, "timestamp": when},
        Log.S3_ACCESS: {"request_id": name, "time": moment.strftime("%d/%b/%Y:%H:%M:%S +0000")},
    }
    return fields[log]


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
