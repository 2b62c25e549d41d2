"""GuardDuty in each region, whether it is on or not: its findings, and the filters that archive them unread."""

from datetime import datetime
from typing import Annotated

import msgspec

from hexward.inventory.record import At, Part, Record, record

DETECTOR = "guardduty:GetDetector"
FINDINGS = "guardduty:GetFindings"
FILTER = "guardduty:GetFilter"


class Feature(Part):
    """A protection plan, such as S3_DATA_EVENTS, and whether it is ENABLED."""

    name: str
    status: str


@record
class GuardDutyRegion(Record):
    """GuardDuty in one region. Without a detector every other field is None.

    https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html
    """

    detector_ids: Annotated[tuple[str, ...], At("guardduty:ListDetectors", "DetectorIds")]
    status: Annotated[str | None, At(DETECTOR, "Status")]
    finding_publishing_frequency: Annotated[str | None, At(DETECTOR, "FindingPublishingFrequency")]
    features: Annotated[tuple[Feature, ...] | None, At(DETECTOR, "Features")]


@record
class GuardDutyFinding(Record):
    """A finding that is not archived; `severity` is a number from 1 to 10.

    https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
    """

    id: Annotated[str, At(FINDINGS, "Findings[].Id")]
    type: Annotated[str, At(FINDINGS, "Findings[].Type")]
    severity: Annotated[float, At(FINDINGS, "Findings[].Severity")]
    created_at: Annotated[str, At(FINDINGS, "Findings[].CreatedAt")]
    resource_type: Annotated[str | None, At(FINDINGS, "Findings[].Resource.ResourceType")]

    @property
    def created(self) -> datetime:
        """Return when GuardDuty first raised it. Raises ValueError for a text that is no time."""
        return msgspec.convert(self.created_at, datetime)


class Condition(Part, rename="pascal"):
    """What a finding's attribute must be; bounds include themselves where their name says so."""

    equals: tuple[str, ...] | None = None
    not_equals: tuple[str, ...] | None = None
    greater_than: int | None = None
    greater_than_or_equal: int | None = None
    less_than: int | None = None
    less_than_or_equal: int | None = None
    matches: tuple[str, ...] | None = None
    not_matches: tuple[str, ...] | None = None


@record
class GuardDutyFilter(Record):
    """A rule of the account's own about findings; one whose action is ARCHIVE hides those that it matches.

    https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetFilter.html
    """

    name: Annotated[str, At(FILTER, "Name")]
    action: Annotated[str, At(FILTER, "Action")]
    criterion: Annotated[dict[str, Condition], At(FILTER, "FindingCriteria.Criterion")]
