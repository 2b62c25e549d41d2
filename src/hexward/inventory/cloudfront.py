"""CloudFront's distributions, and the origins behind them."""

from typing import Annotated

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags, from_pairs

LIST = "cloudfront:ListDistributions"


class Origin(Part):
    """Where a distribution gets what it serves."""

    domain_name: str


@record
class Distribution(Record):
    """A distribution. `web_acl_id` is an ARN, empty without a web ACL, or the id of one of the first WAF.

    https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html
    """

    id: Annotated[str, At(LIST, "DistributionList.Items[].Id")]
    domain_name: Annotated[str, At(LIST, "DistributionList.Items[].DomainName")]
    enabled: Annotated[bool, At(LIST, "DistributionList.Items[].Enabled")]
    origins: Annotated[tuple[Origin, ...], At(LIST, "DistributionList.Items[].Origins.Items")]
    web_acl_id: Annotated[str, At(LIST, "DistributionList.Items[].WebACLId")]
    tags: Annotated[Tags | None, At("cloudfront:ListTagsForResource", "Tags.Items", from_pairs)]
