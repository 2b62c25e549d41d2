"""Trails: what the account remembers of who did what, and which trails record a region."""

from datetime import datetime
from typing import Annotated, Any

from hexward.inventory.attachments import Attachment, attachments
from hexward.inventory.event_selectors import (
    AdvancedEventSelector,
    EventSelector,
    Extent,
    Logged,
    Selectors,
    data_events,
    management_events,
    union,
)
from hexward.inventory.inventory import Inventory
from hexward.inventory.record import At, Listing, NotCollected, Record, record
from hexward.inventory.tampering import Tampering, tamperings
from hexward.model import Gap, Reason

TRAILS = "cloudtrail:DescribeTrails"
STATUS = "cloudtrail:GetTrailStatus"
SELECTORS = "cloudtrail:GetEventSelectors"


@record
class Trail(Record):
    """A trail of this account, seen from its home region; an organisation's belongs to its management account."""

    name: Annotated[str, At(TRAILS, "trailList[].Name")]
    s3_bucket_name: Annotated[str, At(TRAILS, "trailList[].S3BucketName")]
    is_multi_region_trail: Annotated[bool, At(TRAILS, "trailList[].IsMultiRegionTrail")]
    home_region: Annotated[str, At(TRAILS, "trailList[].HomeRegion")]
    log_file_validation_enabled: Annotated[bool, At(TRAILS, "trailList[].LogFileValidationEnabled")]
    kms_key_id: Annotated[str | None, At(TRAILS, "trailList[].KmsKeyId")]
    cloud_watch_logs_log_group_arn: Annotated[str | None, At(TRAILS, "trailList[].CloudWatchLogsLogGroupArn")]
    is_logging: Annotated[bool, At(STATUS, "IsLogging")]
    latest_delivery_error: Annotated[str | None, At(STATUS, "LatestDeliveryError")]
    latest_cloud_watch_logs_delivery_time: Annotated[datetime | None, At(STATUS, "LatestCloudWatchLogsDeliveryTime")]
    event_selectors: Annotated[tuple[EventSelector, ...] | None, At(SELECTORS, "EventSelectors")]
    advanced_event_selectors: Annotated[
        tuple[AdvancedEventSelector, ...] | None, At(SELECTORS, "AdvancedEventSelectors")
    ]

    @property
    def delivers(self) -> bool:
        """Say whether it logs, and its last log file reached the bucket. Raises NotCollected, as all of these do."""
        return self.is_logging and not self.latest_delivery_error

    @property
    def selectors(self) -> Selectors:
        """Return the basic and the advanced selectors."""
        return self.event_selectors or (), self.advanced_event_selectors or ()

    @property
    def logged_management(self) -> Logged:
        """Say how much of the management events it logs, where it logs at all."""
        return management_events(self.selectors)

    def logs_writes(self, source: str) -> bool:
        """Say whether it logs the management events of a source, as `kms.amazonaws.com`, that change something.

        Raises NotCollected where it logs some of them, since nobody can tell which.
        """
        extent = management_events(self.selectors, source).writes
        if extent is Extent.PART:
            says = f"which events of {source} {self.arn} leaves out cannot be told"
            raise NotCollected("Trail.advanced_event_selectors", Gap(Reason.UNSUPPORTED, says, region=self.region))
        return extent is Extent.ALL

    def logged_data(self, kind: str, arn: str) -> Logged:
        """Say how much of the data events of something it logs; `data_events` tells what the arguments are."""
        return data_events(self.selectors, kind, arn)


def arns(trails: Any) -> list[str]:  # noqa: ANN401  (AWS's own JSON)
    """Return the ARNs of described trails; raises ValueError for anything else."""
    if not isinstance(trails, list) or not all(isinstance(one, dict) and "TrailARN" in one for one in trails):
        msg = "trails are not a list of structures with a TrailARN"
        raise ValueError(msg)
    return [one["TrailARN"] for one in trails]


@record
class CloudTrailRegion(Record):
    """CloudTrail in one region: the trails that record it, those of all regions and of the organisation included.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
    """

    trail_arns: Annotated[tuple[str, ...], At(TRAILS, "trailList", arns)]

    def trails(self, inventory: Inventory) -> Listing[Trail]:
        """Return the trails; those that were not described are the listing's gaps. Raises NotCollected if none were listed.

        A member account may see that an organisation's trail is there, and not what it selects.
        """
        found: list[Trail] = []
        gaps: list[NotCollected] = []
        for arn in self.trail_arns:
            try:
                trail = inventory.find(Trail, arn)
            except NotCollected as missing:
                gaps.append(missing)
                continue
            if trail is not None:
                found.append(trail)
            else:
                gaps.append(NotCollected("Trail", Gap(Reason.GONE, f"{arn} could not be described", resource=arn)))
        return Listing(tuple(found), tuple(gaps))


@record
class AttachmentHistory(Record):
    """Every policy that someone came to hold in the last 90 days; a gap if the look-up did not reach its end.

    CloudTrail keeps 90 days of management events whether there is a trail or not, those of IAM in the partition's home region.
    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
    """

    attachments: Annotated[tuple[Attachment, ...], At("cloudtrail:LookupEvents", "Events", attachments)]

    @classmethod
    def of(cls, inventory: Inventory) -> "AttachmentHistory":
        """Return the account's one history. Raises NotCollected if it was not looked up."""
        arn = f"arn:{inventory.partition}:cloudtrail::{inventory.account}:event-history/attachments"
        found = inventory.find(cls, arn)
        if found is None:
            raise NotCollected(cls.__name__, Gap(Reason.NOT_COLLECTED, "CloudTrail's history was not looked up"))
        return found


@record
class TrailHistory(Record):
    """Every call of the last 90 days that stopped or lessened a trail of one region; a gap if the look-up did not reach its end."""

    tamperings: Annotated[tuple[Tampering, ...], At("cloudtrail:LookupEvents", "Events", tamperings)]


def logged_data(inventory: Inventory, kind: str, arn: str, region: str) -> Logged:
    """Say how much of the data events of something in a region is logged by the trails that record it.

    `data_events` tells what the arguments are. Raises NotCollected where a trail that was not seen might log what the others do not.
    """
    place = f"arn:{inventory.partition}:cloudtrail:{region}:{inventory.account}:trail/*"
    here = inventory.find(CloudTrailRegion, place)
    if here is None:
        raise NotCollected("CloudTrailRegion", Gap(Reason.NOT_COLLECTED, f"the trails of {region} were not listed"))
    trails = here.trails(inventory)
    undecided = list(trails.gaps)
    parts: list[Logged] = []
    for trail in trails.records:
        try:
            if trail.delivers:
                parts.append(trail.logged_data(kind, arn))
        except NotCollected as missing:
            undecided.append(missing)
    logged = union(parts)
    if undecided and not logged.whole:
        raise undecided[0]
    return logged
