"""Security Hub in each region, whether it is on or not: its standards, the controls that are off, its findings, and where they go."""

import sys
from typing import Annotated, Any

from hexward.inventory.record import At, Record, record

HUB = "securityhub:DescribeHub"
STANDARDS = "securityhub:GetEnabledStandards"
CONTROLS = "securityhub:DescribeStandardsControls"
FINDINGS = "securityhub:GetFindings"
AGGREGATOR = "securityhub:GetFindingAggregator"


@record
class SecurityHubRegion(Record):
    """Security Hub in one region; every field is None where it is off.

    `product_subscriptions` are the ARNs of what it takes findings from: `…:product-subscription/aws/guardduty`.
    https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html
    """

    hub_arn: Annotated[str | None, At(HUB, "HubArn")]
    auto_enable_controls: Annotated[bool | None, At(HUB, "AutoEnableControls")]
    control_finding_generator: Annotated[str | None, At(HUB, "ControlFindingGenerator")]
    product_subscriptions: Annotated[
        tuple[str, ...] | None, At("securityhub:ListEnabledProductsForImport", "ProductSubscriptions")
    ]


@record
class SecurityHubStandard(Record):
    """A standard that is enabled; its ARN is that of the subscription, `standards_arn` that of the standard itself.

    `status` is PENDING, READY, FAILED, DELETING or INCOMPLETE. Its controls are told only where `controls_updatable` is
    READY_FOR_UPDATES. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StandardsSubscription.html
    """

    standards_arn: Annotated[str, At(STANDARDS, "StandardsSubscriptions[].StandardsArn")]
    status: Annotated[str, At(STANDARDS, "StandardsSubscriptions[].StandardsStatus")]
    controls_updatable: Annotated[str | None, At(STANDARDS, "StandardsSubscriptions[].StandardsControlsUpdatable")]

    @property
    def standards_id(self) -> str:
        """Return the standard as findings name it: `standards/nist-800-53/v/5.0.0`. Raises NotCollected if it was not read."""
        return self.standards_arn.split(":", 5)[-1]


@record
class SecurityHubDisabledControl(Record):
    """A control of an enabled standard that was turned off, and the reason that somebody gave."""

    control_id: Annotated[str, At(CONTROLS, "Controls[].ControlId")]
    disabled_reason: Annotated[str | None, At(CONTROLS, "Controls[].DisabledReason")]


def standards_ids(raw: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return the standards that a finding counts for; raises ValueError for what is no list of them."""
    if not isinstance(raw, list) or not all(isinstance(one, dict) and "StandardsId" in one for one in raw):
        msg = "the standards of a finding are a list of ids"
        raise ValueError(msg)
    # Tens of thousands of findings name the same few standards.
    return tuple(sys.intern(name) if isinstance(name := one["StandardsId"], str) else name for one in raw)


@record
class SecurityHubFinding(Record):
    """What a control of Security Hub says of one resource; archived findings are not collected.

    `status` is PASSED, FAILED, WARNING or NOT_AVAILABLE. A home region tells of its linked regions too, and an administrator account
    of its members: the ARN says which region and account it was found in.
    https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Compliance.html
    """

    control_id: Annotated[str, At(FINDINGS, "Findings[].Compliance.SecurityControlId")]
    status: Annotated[str, At(FINDINGS, "Findings[].Compliance.Status")]
    standards: Annotated[
        tuple[str, ...] | None, At(FINDINGS, "Findings[].Compliance.AssociatedStandards", standards_ids)
    ]
    workflow: Annotated[str | None, At(FINDINGS, "Findings[].Workflow.Status")]
    note: Annotated[str | None, At(FINDINGS, "Findings[].Note.Text")]

    @property
    def found_in(self) -> str:
        """Return the region in which it was found, from which a home region has its copy."""
        return self.arn.split(":")[3] if self.arn.count(":") > 3 else self.region  # noqa: PLR2004  (`arn:aws:securityhub:REGION`)


@record
class SecurityHubAggregation(Record):
    """Where Security Hub of one region sends its findings; every field is None where they stay.

    https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindingAggregator.html
    """

    home: Annotated[str | None, At(AGGREGATOR, "FindingAggregationRegion")]
    linking_mode: Annotated[str | None, At(AGGREGATOR, "RegionLinkingMode")]
    listed_regions: Annotated[tuple[str, ...] | None, At(AGGREGATOR, "Regions")]

    @property
    def reaches_home(self) -> bool:
        """Say whether the region is the home of findings or linked to it. Raises NotCollected if that was not read."""
        if self.home in {None, self.region}:
            return self.home is not None
        listed = self.region in (self.listed_regions or ())
        if self.linking_mode == "SPECIFIED_REGIONS":
            return listed
        return self.linking_mode == "ALL_REGIONS" or (
            self.linking_mode == "ALL_REGIONS_EXCEPT_SPECIFIED" and not listed
        )
