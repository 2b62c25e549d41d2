"""GuardDuty in each region, whether it is on or not."""

from typing import Annotated

from hexward.inventory.record import At, Part, Record, record

DETECTOR = "guardduty:GetDetector"


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
