"""The network: subnets, the routes that make them public, and security groups."""

from typing import Annotated

import msgspec

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags, from_pairs

SUBNETS = "ec2:DescribeSubnets"
TABLES = "ec2:DescribeRouteTables"
GROUPS = "ec2:DescribeSecurityGroups"


class Association(Part):
    """What a route table rules: a subnet, or (`main`) every subnet of the VPC that names no other."""

    main: bool | None = None
    subnet_id: str | None = None


class Route(Part):
    """Where packets to a destination go."""

    destination_cidr_block: str | None = None
    destination_ipv6_cidr_block: str | None = None
    gateway_id: str | None = None
    nat_gateway_id: str | None = None
    state: str | None = None

    @property
    def to_internet(self) -> bool:
        """Say whether the route leads to an internet gateway, which is what makes a subnet public.

        https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-basics
        """
        return self.gateway_id is not None and self.gateway_id.startswith("igw-") and self.state != "blackhole"


class Range(Part):
    """An IPv4 range in CIDR notation."""

    cidr_ip: str


class Range6(Part):
    """An IPv6 range in CIDR notation."""

    cidr_ipv6: str


class Permission(Part):
    """Traffic that a security group lets through; ports are None for all protocols (`ip_protocol` is -1)."""

    ip_protocol: str
    from_port: int | None = None
    to_port: int | None = None
    ip_ranges: tuple[Range, ...] | None = None
    ipv6_ranges: tuple[Range6, ...] | None = msgspec.field(name="Ipv6Ranges", default=None)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the address ranges, of both kinds."""
        return tuple(r.cidr_ip for r in self.ip_ranges or ()) + tuple(r.cidr_ipv6 for r in self.ipv6_ranges or ())


@record
class Subnet(Record):
    """A part of a VPC in one zone."""

    subnet_id: Annotated[str, At(SUBNETS, "Subnets[].SubnetId")]
    vpc_id: Annotated[str, At(SUBNETS, "Subnets[].VpcId")]
    map_public_ip_on_launch: Annotated[bool, At(SUBNETS, "Subnets[].MapPublicIpOnLaunch")]
    tags: Annotated[Tags | None, At(SUBNETS, "Subnets[].Tags", from_pairs)]


@record
class RouteTable(Record):
    """Routes, and the subnets that they rule."""

    route_table_id: Annotated[str, At(TABLES, "RouteTables[].RouteTableId")]
    vpc_id: Annotated[str, At(TABLES, "RouteTables[].VpcId")]
    associations: Annotated[tuple[Association, ...], At(TABLES, "RouteTables[].Associations")]
    routes: Annotated[tuple[Route, ...], At(TABLES, "RouteTables[].Routes")]

    @property
    def main(self) -> bool:
        """Say whether it rules the subnets that name no other table. Raises NotCollected if that was not read."""
        return any(a.main for a in self.associations)

    @property
    def subnets(self) -> tuple[str, ...]:
        """Return the subnets that name this table. Raises NotCollected if they were not read."""
        return tuple(a.subnet_id for a in self.associations if a.subnet_id is not None)


@record
class SecurityGroup(Record):
    """A firewall around network interfaces."""

    group_id: Annotated[str, At(GROUPS, "SecurityGroups[].GroupId")]
    name: Annotated[str, At(GROUPS, "SecurityGroups[].GroupName")]
    vpc_id: Annotated[str | None, At(GROUPS, "SecurityGroups[].VpcId")]
    ingress: Annotated[tuple[Permission, ...], At(GROUPS, "SecurityGroups[].IpPermissions")]
    egress: Annotated[tuple[Permission, ...], At(GROUPS, "SecurityGroups[].IpPermissionsEgress")]
