"""Load balancers, and the functions that they hand requests to."""

from typing import Annotated

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags, from_pairs

BALANCERS = "elbv2:DescribeLoadBalancers"
GROUPS = "elbv2:DescribeTargetGroups"


@record
class LoadBalancer(Record):
    """A load balancer: `type` is application, network or gateway, `scheme` internet-facing or internal (None for gateway).

    `web_acl_arn` is None without a web ACL, which only those of type application take.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html
    """

    name: Annotated[str, At(BALANCERS, "LoadBalancers[].LoadBalancerName")]
    type: Annotated[str, At(BALANCERS, "LoadBalancers[].Type")]
    scheme: Annotated[str | None, At(BALANCERS, "LoadBalancers[].Scheme")]
    dns_name: Annotated[str | None, At(BALANCERS, "LoadBalancers[].DNSName")]
    web_acl_arn: Annotated[str | None, At("wafv2:GetWebACLForResource", "WebACL.ARN")]
    tags: Annotated[Tags | None, At("elbv2:DescribeTags", "TagDescriptions[].Tags", from_pairs)]

    @property
    def host(self) -> str:
        """Return its name in DNS, in lower case. Raises NotCollected if it was not read."""
        return (self.dns_name or "").lower()


class Target(Part):
    """What gets requests: the ARN of a function, in a group of type lambda."""

    id: str


class TargetHealth(Part):
    """A target, with how well it does."""

    target: Target


@record
class TargetGroup(Record):
    """Targets of load balancers. Those of other types than lambda are not told: `targets` is None.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html
    """

    load_balancer_arns: Annotated[tuple[str, ...], At(GROUPS, "TargetGroups[].LoadBalancerArns")]
    target_type: Annotated[str, At(GROUPS, "TargetGroups[].TargetType")]
    targets: Annotated[tuple[TargetHealth, ...] | None, At("elbv2:DescribeTargetHealth", "TargetHealthDescriptions")]
