"""Collects which trails record each region, each trail from its home region, and from the event history who got policies when."""

from collections.abc import Mapping

from hexward.collect.table import Ask, Call, Report, Table
from hexward.inventory import AttachmentHistory, CloudTrailRegion, Trail
from hexward.inventory.attachments import ATTACHES
from hexward.model import Gap, Reason

LOOK_UP = "cloudtrail:LookupEvents"


def look_up(name: str) -> Call:
    """Return the look-up of every call of that name within 90 days."""
    wanted = [{"AttributeKey": "EventName", "AttributeValue": name}]
    return Call("LookupEvents", {"LookupAttributes": wanted, "StartTime": "$since", "MaxResults": 50})


def attachment_events(ask: Ask) -> Mapping[str, object] | Gap:
    """Look up every call of 90 days that gave someone a policy; a look-up that is cut short is a gap, since what it lacks matters.

    CloudTrail answers two requests of 50 events a second. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
    """
    found: list[object] = []
    for name in ATTACHES:
        told = ask(look_up(name))
        if told.gap is not None:
            return told.gap
        events = told.data.get("Events")
        if not isinstance(events, list):
            return Gap(Reason.MALFORMED, "Events is not a list in the answer", LOOK_UP)
        found += events
    return {"": {"Events": found}}


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
        look_up(ATTACHES[0]),
        "",
        "arn:{partition}:cloudtrail::{account}:event-history/attachments",
        report=Report(LOOK_UP, ("LookupEvents",), "", attachment_events),
        everywhere=False,
    ),
)
