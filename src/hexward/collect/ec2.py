"""Collects subnets, route tables and security groups."""

from hexward.collect.table import Call, Table
from hexward.inventory import RouteTable, SecurityGroup, Subnet

ARN = "arn:{partition}:ec2:{region}:{account}:"

TABLES = (
    Table(Subnet, "ec2", Call("DescribeSubnets", {"MaxResults": 1000}), "Subnets[]", ARN + "subnet/{SubnetId}"),
    Table(
        RouteTable,
        "ec2",
        Call("DescribeRouteTables", {"MaxResults": 100}),
        "RouteTables[]",
        ARN + "route-table/{RouteTableId}",
    ),
    Table(
        SecurityGroup,
        "ec2",
        Call("DescribeSecurityGroups", {"MaxResults": 1000}),
        "SecurityGroups[]",
        ARN + "security-group/{GroupId}",
    ),
)
