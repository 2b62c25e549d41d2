"""The network: subnets, the routes that make them public, and security groups."""

from collections.abc import Callable, Iterable
from ipaddress import IPv6Network, ip_network
from typing import Annotated

import msgspec

from hexward.inventory.inventory import Inventory
from hexward.inventory.record import At, NotCollected, Part, Record, record
from hexward.inventory.region import within
from hexward.inventory.tags import Tags, from_pairs
from hexward.model import Gap, Reason

SUBNETS = "ec2:DescribeSubnets"
TABLES = "ec2:DescribeRouteTables"
GROUPS = "ec2:DescribeSecurityGroups"
NATS = "ec2:DescribeNatGateways"

PRIVATE_IPV6 = IPv6Network("fc00::/7")
WIDEST = {4: 8, 6: 16}
"""The shortest prefix, by IP version, that still means somebody in particular: IANA hands out nothing larger to anyone."""


def wide(cidr: str) -> bool:
    """Say whether a range takes in strangers from all over the internet: everything, a half of it, or a large part.

    `0.0.0.0/1` beside `128.0.0.0/1` is `0.0.0.0/0` in two rules. A text that is no range is taken for everything.
    """
    try:
        network = ip_network(cidr, strict=False)
    except ValueError:
        return True
    if isinstance(network, IPv6Network) and network.subnet_of(PRIVATE_IPV6):
        return False
    return network.prefixlen < WIDEST[network.version]


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
    egress_only_internet_gateway_id: str | None = None
    transit_gateway_id: str | None = None
    network_interface_id: str | None = None
    vpc_peering_connection_id: str | None = None
    core_network_arn: str | None = None
    state: str | None = None

    @property
    def destination(self) -> str:
        """Return the range of addresses that the route is for, of whichever kind; empty for a prefix list."""
        return self.destination_cidr_block or self.destination_ipv6_cidr_block or ""

    @property
    def elsewhere(self) -> str:
        """Return what leads to a network that the account's route tables do not tell about, empty if it leads nowhere such."""
        through = (
            self.transit_gateway_id,
            self.network_interface_id,
            self.vpc_peering_connection_id,
            self.core_network_arn,
        )
        return next(filter(None, through), "")

    @property
    def to_anywhere(self) -> bool:
        """Say whether the route is for addresses all over the internet, and leads somewhere at all."""
        return bool(self.destination) and wide(self.destination) and self.state != "blackhole"

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


class PrefixList(Part):
    """A list of ranges that is kept elsewhere."""

    prefix_list_id: str


class Permission(Part):
    """Traffic that a security group lets through; ports are None for all protocols (`ip_protocol` is -1)."""

    ip_protocol: str
    from_port: int | None = None
    to_port: int | None = None
    ip_ranges: tuple[Range, ...] | None = None
    ipv6_ranges: tuple[Range6, ...] | None = msgspec.field(name="Ipv6Ranges", default=None)
    prefix_list_ids: tuple[PrefixList, ...] | None = None

    @property
    def ranges(self) -> tuple[str, ...]:
        """Return the address ranges at the other end, of both kinds; prefix lists are not followed."""
        return tuple(r.cidr_ip for r in self.ip_ranges or ()) + tuple(r.cidr_ipv6 for r in self.ipv6_ranges or ())

    @property
    def traffic(self) -> str:
        """Name the traffic: `tcp 443`, `udp 1024-65535`, `all`."""
        if self.ip_protocol == "-1":
            return "all"
        ports = dict.fromkeys(str(port) for port in (self.from_port, self.to_port) if port is not None)
        return f"{self.ip_protocol} {'-'.join(ports)}".strip()


@record
class Subnet(Record):
    """A part of a VPC in one zone."""

    subnet_id: Annotated[str, At(SUBNETS, "Subnets[].SubnetId")]
    vpc_id: Annotated[str, At(SUBNETS, "Subnets[].VpcId")]
    map_public_ip_on_launch: Annotated[bool, At(SUBNETS, "Subnets[].MapPublicIpOnLaunch")]
    assign_ipv6_address_on_creation: Annotated[bool, At(SUBNETS, "Subnets[].AssignIpv6AddressOnCreation")]
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


class Appliance(Part):
    """A proxy that filters what passes a NAT gateway."""

    attachment_state: str | None = None


@record
class NatGateway(Record):
    """A way out for a private subnet; one whose `connectivity_type` is private leads to other networks, not to the internet.

    Left out, it is public, as CreateNatGateway makes them. A regional one stands in no subnet and has a route table of its own.
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html
    """

    nat_gateway_id: Annotated[str, At(NATS, "NatGateways[].NatGatewayId")]
    connectivity_type: Annotated[str | None, At(NATS, "NatGateways[].ConnectivityType")]
    subnet_id: Annotated[str | None, At(NATS, "NatGateways[].SubnetId")]
    route_table_id: Annotated[str | None, At(NATS, "NatGateways[].RouteTableId")]
    attached_appliances: Annotated[tuple[Appliance, ...] | None, At(NATS, "NatGateways[].AttachedAppliances")]


def route_table_of(inventory: Inventory, subnet_id: str, region: str) -> RouteTable:
    """Return the route table that rules a subnet: the one that names it, else its VPC's main table.

    Raises NotCollected where that is not known, for instance of a subnet that another account shares.
    https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
    """
    for table in within(inventory.by(RouteTable, "subnets", subnet_id), region):
        return table
    for subnet in within(inventory.by(Subnet, "subnet_id", subnet_id), region):
        for table in within(inventory.by(RouteTable, "vpc_id", subnet.vpc_id), region):
            if table.main:
                return table
    raise _unseen(RouteTable, f"no route table of {subnet_id} was seen", region)


def internet_route(inventory: Inventory, subnet_id: str, region: str) -> Route | None:
    """Return the route that makes a subnet public, None for a private one. Raises NotCollected as `route_table_of` does."""
    return next((route for route in route_table_of(inventory, subnet_id, region).routes if route.to_internet), None)


def unfiltered_nat_route(inventory: Inventory, subnet_ids: Iterable[str], region: str) -> Route | None:
    """Return the route by which one of some private subnets reaches anyone on the internet with no firewall on the way.

    A firewall is a proxy on the NAT gateway, or an endpoint to which the subnet, or that of its gateway, sends its packets.
    None without such a route; raises NotCollected where there may be one.
    https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-igw-ngw.html
    """

    def route_of(subnet_id: str) -> Route | None:
        for route in route_table_of(inventory, subnet_id, region).routes:
            if not route.to_anywhere:
                continue
            nat = route.nat_gateway_id
            if nat is not None and not _filtered(inventory, _nat_gateway(inventory, nat, region)):
                return route
            if route.egress_only_internet_gateway_id is not None:
                return route
            if route.elsewhere:
                raise _unseen(RouteTable, f"where {route.elsewhere} leads is not seen", region)
        return None

    return _first(subnet_ids, route_of)


def open_egress(inventory: Inventory, group_ids: Iterable[str], region: str) -> SecurityGroup | None:
    """Return one of some security groups that lets traffic out to the whole internet, whatever the port; None without one.

    Raises NotCollected where there may be one. Prefix lists are not followed.
    """

    def group_of(group_id: str) -> SecurityGroup | None:
        for group in within(inventory.by(SecurityGroup, "group_id", group_id), region):
            return group if any(wide(cidr) for permission in group.egress for cidr in permission.ranges) else None
        raise _unseen(SecurityGroup, f"{group_id} was not seen", region)

    return _first(group_ids, group_of)


def _first[T](ids: Iterable[str], look: Callable[[str], T | None]) -> T | None:
    """Return what is found first; raises NotCollected where nothing is and something could not be looked at."""
    undecided: list[NotCollected] = []
    for one in ids:
        try:
            found = look(one)
        except NotCollected as missing:
            undecided.append(missing)
            continue
        if found is not None:
            return found
    if undecided:
        raise undecided[0]
    return None


def _filtered(inventory: Inventory, gateway: NatGateway) -> bool:
    if gateway.connectivity_type == "private":
        return True
    if any(one.attachment_state == "attached" for one in gateway.attached_appliances or ()):
        return True
    if gateway.subnet_id is not None:
        return internet_route(inventory, gateway.subnet_id, gateway.region) is None
    for table in within(inventory.by(RouteTable, "route_table_id", gateway.route_table_id), gateway.region):
        return not any(route.to_internet for route in table.routes)
    raise _unseen(RouteTable, f"no route table of {gateway.nat_gateway_id} was seen", gateway.region)


def _nat_gateway(inventory: Inventory, nat_gateway_id: str, region: str) -> NatGateway:
    for gateway in within(inventory.by(NatGateway, "nat_gateway_id", nat_gateway_id), region):
        return gateway
    raise _unseen(NatGateway, f"{nat_gateway_id} was not seen", region)


def _unseen(kind: type[Record], detail: str, region: str) -> NotCollected:
    return NotCollected(kind.__name__, Gap(Reason.NOT_COLLECTED, detail, region=region))
