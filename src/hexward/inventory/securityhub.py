"""Security Hub in each region, whether it is on or not."""

from typing import Annotated

from hexward.inventory.record import At, Record, record

HUB = "securityhub:DescribeHub"


@record
class SecurityHubRegion(Record):
    """Security Hub in one region; every field is None where it is off.

    https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html
    """

    hub_arn: Annotated[str | None, At(HUB, "HubArn")]
    auto_enable_controls: Annotated[bool | None, At(HUB, "AutoEnableControls")]
    control_finding_generator: Annotated[str | None, At(HUB, "ControlFindingGenerator")]
