"""Records → events: what a log wrote, told in words that all logs share."""

from collections.abc import Callable, Mapping
from typing import Any

from hexward.events import cloudtrail, dns, guardduty, invocations, s3_access, vpc_flow, waf
from hexward.events.event import FIRST_TIME, LAST_TIME, Event
from hexward.events.log import Log

EVENTS: Mapping[Log, Callable[[Mapping[str, Any]], Event]] = {
    Log.CLOUDTRAIL: cloudtrail.event,
    Log.GUARDDUTY: guardduty.event,
    Log.VPC_FLOW: vpc_flow.event,
    Log.DNS: dns.event,
    Log.WAF: waf.event,
    Log.INVOCATIONS: invocations.event,
    Log.S3_ACCESS: s3_access.event,
}
SAYS: Mapping[Log, Callable[[Event], str]] = {
    Log.CLOUDTRAIL: cloudtrail.says,
    Log.GUARDDUTY: guardduty.says,
    Log.VPC_FLOW: vpc_flow.says,
    Log.DNS: dns.says,
    Log.WAF: waf.says,
    Log.INVOCATIONS: invocations.says,
    Log.S3_ACCESS: s3_access.says,
}


def event_of(log: Log, record: Mapping[str, Any]) -> Event:
    """Return the event of a record. Raises ValueError for a record that is none of that log's."""
    return dated(EVENTS[log](record))


def dated(event: Event) -> Event:
    """Return an event whose time can be. Raises ValueError for any other."""
    if not FIRST_TIME <= event.time < LAST_TIME:
        raise ValueError("its time is not between the years 2000 and 2100")
    return event


def says(event: Event) -> str:
    """Tell in one sentence what happened."""
    return SAYS[event.log](event)


def says_on_what(event: Event) -> tuple[str, tuple[str, ...]]:
    """Tell in one sentence what happened and, where the log tells that, to what; and the things by themselves."""
    return cloudtrail.says_on_what(event) if event.log is Log.CLOUDTRAIL else (says(event), ())


def log_of(record: Mapping[str, Any]) -> Log | None:
    """Tell which log a record of JSON is of, by the keys that no other has; CloudTrail's are told before."""
    if record.get("schemaType") == "ModelInvocationLog":
        return Log.INVOCATIONS
    if "webaclId" in record and "httpRequest" in record:
        return Log.WAF
    if "query_name" in record and "query_timestamp" in record:
        return Log.DNS
    if {"type", "Type"} & record.keys() and {"severity", "Severity"} & record.keys():
        return Log.GUARDDUTY
    return None


BESIDE = ({"digestStartTime"}, {"configurationItems", "fileVersion"}, {"hashSignature", "queryCompleteTime"})
"""By which keys what lies beside logs is known: CloudTrail's digests, AWS Config's snapshots and histories, and the signatures of
CloudTrail Lake's answers."""


def is_no_log(record: Mapping[str, Any]) -> bool:
    """Say whether a record is one that AWS keeps beside its logs: it tells of no call, so that nothing is missed without it.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-insights-fields-trails.html
    """
    if record.get("eventType") == "AwsCloudTrailInsight":
        return isinstance(record.get("insightDetails"), dict)
    return any(keys <= record.keys() for keys in BESIDE)
