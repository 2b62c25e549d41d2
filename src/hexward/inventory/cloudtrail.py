"""Trails: what the account remembers of who did what."""

from typing import Annotated

from hexward.inventory.record import At, Part, Record, record

TRAILS = "cloudtrail:DescribeTrails"
STATUS = "cloudtrail:GetTrailStatus"
SELECTORS = "cloudtrail:GetEventSelectors"


class DataResource(Part):
    """Things whose data events a basic selector logs; a value may end at a prefix."""

    type: str
    values: tuple[str, ...] = ()


class EventSelector(Part):
    """A basic selector; AWS's defaults stand where a member is left out.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
    """

    read_write_type: str = "All"
    include_management_events: bool = True
    data_resources: tuple[DataResource, ...] = ()
    exclude_management_event_sources: tuple[str, ...] = ()


class FieldSelector(Part):
    """One condition of an advanced selector."""

    field: str
    equals: tuple[str, ...] = ()
    starts_with: tuple[str, ...] = ()
    ends_with: tuple[str, ...] = ()
    not_equals: tuple[str, ...] = ()
    not_starts_with: tuple[str, ...] = ()
    not_ends_with: tuple[str, ...] = ()


class AdvancedEventSelector(Part):
    """Conditions that must all hold for an event to be logged.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedEventSelector.html
    """

    field_selectors: tuple[FieldSelector, ...]
    name: str | None = None


@record
class Trail(Record):
    """A trail, seen from its home region."""

    name: Annotated[str, At(TRAILS, "trailList[].Name")]
    s3_bucket_name: Annotated[str, At(TRAILS, "trailList[].S3BucketName")]
    is_multi_region_trail: Annotated[bool, At(TRAILS, "trailList[].IsMultiRegionTrail")]
    home_region: Annotated[str, At(TRAILS, "trailList[].HomeRegion")]
    log_file_validation_enabled: Annotated[bool, At(TRAILS, "trailList[].LogFileValidationEnabled")]
    kms_key_id: Annotated[str | None, At(TRAILS, "trailList[].KmsKeyId")]
    is_logging: Annotated[bool, At(STATUS, "IsLogging")]
    latest_delivery_error: Annotated[str | None, At(STATUS, "LatestDeliveryError")]
    event_selectors: Annotated[tuple[EventSelector, ...] | None, At(SELECTORS, "EventSelectors")]
    advanced_event_selectors: Annotated[
        tuple[AdvancedEventSelector, ...] | None, At(SELECTORS, "AdvancedEventSelectors")
    ]
