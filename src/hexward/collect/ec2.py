"""Collects subnets, route tables, NAT gateways and security groups."""

from hexward.collect.table import Call, Table
from hexward.inventory import NatGateway, RouteTable, SecurityGroup, Subnet

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
        NatGateway,
        "ec2",
        Call("DescribeNatGateways", {"MaxResults": 1000}),
        "NatGateways[]",
        ARN + "natgateway/{NatGatewayId}",
    ),
    Table(
        SecurityGroup,
        "ec2",
        Call("DescribeSecurityGroups", {"MaxResults": 1000}),
        "SecurityGroups[]",
        ARN + "security-group/{GroupId}",
    ),
)
