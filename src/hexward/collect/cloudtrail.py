"""Collects which trails record each region, each trail from its home region, and what the event history tells of policies and trails."""

from collections.abc import Mapping

from hexward.collect.table import Ask, Call, Report, Table
from hexward.inventory import AttachmentHistory, CloudTrailRegion, Trail, TrailHistory
from hexward.inventory.attachments import ATTACHES
from hexward.inventory.tampering import TAMPERS
from hexward.model import Gap, Reason

LOOK_UP = "cloudtrail:LookupEvents"


def calls_named(name: str) -> Call:
    """Return the look-up of every call of that name within 90 days."""
    wanted = [{"AttributeKey": "EventName", "AttributeValue": name}]
    return Call("LookupEvents", {"LookupAttributes": wanted, "StartTime": "$since", "MaxResults": 50})


def look_up(*names: str) -> Report:
    """Return what looks up every call of 90 days with one of these names.

    A look-up that is cut short is a gap, since what it lacks matters. CloudTrail answers two requests of 50 events a second.
    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
    """

    def fetch(ask: Ask) -> Mapping[str, object] | Gap:
        found: list[object] = []
        for name in names:
            told = ask(calls_named(name))
            if told.gap is not None:
                return told.gap
            events = told.data.get("Events")
            if not isinstance(events, list):
                return Gap(Reason.MALFORMED, "Events is not a list in the answer", LOOK_UP)
            found += events
        return {"": {"Events": found}}

    return Report(LOOK_UP, ("LookupEvents",), "", fetch)


TABLES = (
    Table(
        CloudTrailRegion,
        "cloudtrail",
        # Shadows are what trails of all regions, and of the organisation, look like away from home.
        Call("DescribeTrails", {"includeShadowTrails": True}),
        "",
        "arn:{partition}:cloudtrail:{region}:{account}:trail/*",
    ),
    Table(
        Trail,
        "cloudtrail",
        Call("DescribeTrails", {"includeShadowTrails": False}),
        "trailList[]",
        "{TrailARN}",
        details=(
            Call("GetTrailStatus", {"Name": "$TrailARN"}),
            Call("GetEventSelectors", {"TrailName": "$TrailARN"}),
        ),
    ),
    Table(
        AttachmentHistory,
        "cloudtrail",
        calls_named(ATTACHES[0]),
        "",
        "arn:{partition}:cloudtrail::{account}:event-history/attachments",
        report=look_up(*ATTACHES),
        everywhere=False,
    ),
    Table(
        TrailHistory,
        "cloudtrail",
        calls_named(TAMPERS[0]),
        "",
        "arn:{partition}:cloudtrail:{region}:{account}:event-history/trails",
        report=look_up(*TAMPERS),
    ),
)
