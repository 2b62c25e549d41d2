"""Collects load balancers with their web ACLs, and the functions among their targets."""

from hexward.collect.table import Answers, Call, Table
from hexward.inventory import LoadBalancer, TargetGroup


def _application(answers: Answers) -> bool:
    """Say whether a load balancer takes a web ACL; https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html."""
    return bool(answers["elbv2:DescribeLoadBalancers"].get("Type", "application") == "application")


def _functions(answers: Answers) -> bool:
    return bool(answers["elbv2:DescribeTargetGroups"].get("TargetType", "lambda") == "lambda")


TABLES = (
    Table(
        LoadBalancer,
        "elbv2",
        Call("DescribeLoadBalancers", {"PageSize": 400}),
        "LoadBalancers[]",
        "{LoadBalancerArn}",
        details=(
            Call("GetWebACLForResource", {"ResourceArn": "$LoadBalancerArn"}, service="wafv2", needed=_application),
            Call("DescribeTags", {"ResourceArns": ["$LoadBalancerArn"]}),
        ),
    ),
    Table(
        TargetGroup,
        "elbv2",
        Call("DescribeTargetGroups", {"PageSize": 400}),
        "TargetGroups[]",
        "{TargetGroupArn}",
        details=(Call("DescribeTargetHealth", {"TargetGroupArn": "$TargetGroupArn"}, needed=_functions),),
    ),
)
