"""The network around subnets: VPCs, their access lists, their private ways to AWS's services, what is logged, and peerings."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from typing import Annotated

import msgspec

from hexward.inventory.policy import document
from hexward.inventory.record import At, Part, Record, record

VPCS = "ec2:DescribeVpcs"
LISTS = "ec2:DescribeNetworkAcls"
ENDPOINTS = "ec2:DescribeVpcEndpoints"
LOGS = "ec2:DescribeFlowLogs"
PEERINGS = "ec2:DescribeVpcPeeringConnections"

ANY_PROTOCOL = "-1"


@record
class Vpc(Record):
    """A private network. `owner_id` is another account's for one whose subnets that account shares with this one."""

    vpc_id: Annotated[str, At(VPCS, "Vpcs[].VpcId")]
    owner_id: Annotated[str, At(VPCS, "Vpcs[].OwnerId")]


class Ports(Part):
    """A range of ports, both ends included."""

    first: int = msgspec.field(name="From")
    last: int = msgspec.field(name="To")


class Entry(Part):
    """A rule of a network access list; the one with the lowest number that fits a packet decides, whatever follows.

    `protocol` is IANA's number, or -1 for all; `port_range` is None for all ports.
    """

    egress: bool
    rule_action: str
    rule_number: int
    protocol: str
    cidr_block: str | None = None
    ipv6_cidr_block: str | None = None
    port_range: Ports | None = None

    @property
    def range(self) -> str:
        """Return the range of addresses at the other end, of whichever kind."""
        return self.cidr_block or self.ipv6_cidr_block or ""

    def fits(self, protocol: str, port: int) -> bool:
        """Say whether the rule is about a protocol and a port."""
        ports = self.port_range
        within = ports is None or ports.first <= port <= ports.last
        return self.protocol in {ANY_PROTOCOL, protocol} and (within or self.protocol == ANY_PROTOCOL)


class Ruled(Part):
    """A subnet that a network access list rules."""

    subnet_id: str


@record
class NetworkAcl(Record):
    """A firewall around whole subnets, without memory of connections; each subnet has exactly one.

    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
    """

    network_acl_id: Annotated[str, At(LISTS, "NetworkAcls[].NetworkAclId")]
    is_default: Annotated[bool, At(LISTS, "NetworkAcls[].IsDefault")]
    associations: Annotated[tuple[Ruled, ...], At(LISTS, "NetworkAcls[].Associations")]
    entries: Annotated[tuple[Entry, ...], At(LISTS, "NetworkAcls[].Entries")]

    @property
    def subnet_ids(self) -> tuple[str, ...]:
        """Return the subnets that it rules. Raises NotCollected if they were not read."""
        return tuple(one.subnet_id for one in self.associations)


@record
class VpcEndpoint(Record):
    """A private way from a VPC to a service; of type Gateway it stands in route tables, of type Interface in subnets.

    `policy` is None for those of services that take none. AWS writes states in both cases: compare them in lower case.
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html
    """

    vpc_endpoint_id: Annotated[str, At(ENDPOINTS, "VpcEndpoints[].VpcEndpointId")]
    type: Annotated[str, At(ENDPOINTS, "VpcEndpoints[].VpcEndpointType")]
    vpc_id: Annotated[str, At(ENDPOINTS, "VpcEndpoints[].VpcId")]
    service_name: Annotated[str | None, At(ENDPOINTS, "VpcEndpoints[].ServiceName")]
    state: Annotated[str, At(ENDPOINTS, "VpcEndpoints[].State")]
    policy: Annotated[str | None, At(ENDPOINTS, "VpcEndpoints[].PolicyDocument", document)]
    private_dns_enabled: Annotated[bool | None, At(ENDPOINTS, "VpcEndpoints[].PrivateDnsEnabled")]
    route_table_ids: Annotated[tuple[str, ...] | None, At(ENDPOINTS, "VpcEndpoints[].RouteTableIds")]

    @property
    def service(self) -> str:
        """Return the AWS service that it leads to, as in `ecr.api`; empty for a service of a customer or a vendor.

        https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
        """
        _, aws, rest = (self.service_name or "").partition("com.amazonaws.")
        return rest.partition(".")[2].removesuffix("-fips") if aws and not rest.startswith("vpce.") else ""


@record
class FlowLog(Record):
    """A record of the traffic of a VPC, a subnet or a network interface; `deliver_logs_status` is SUCCESS or FAILED.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html
    """

    flow_log_id: Annotated[str, At(LOGS, "FlowLogs[].FlowLogId")]
    resource_id: Annotated[str, At(LOGS, "FlowLogs[].ResourceId")]
    status: Annotated[str, At(LOGS, "FlowLogs[].FlowLogStatus")]
    traffic_type: Annotated[str | None, At(LOGS, "FlowLogs[].TrafficType")]
    deliver_logs_status: Annotated[str | None, At(LOGS, "FlowLogs[].DeliverLogsStatus")]


class PeerRange(Part):
    """A range of addresses of a peer."""

    cidr_block: str


class PeerRange6(Part):
    """A range of addresses of a peer, in IPv6."""

    ipv6_cidr_block: str = msgspec.field(name="Ipv6CidrBlock")


class Peer(Part):
    """A VPC at one end of a peering; the ranges of a peer in another region are told once the peering is active."""

    vpc_id: str
    owner_id: str
    region: str
    cidr_block_set: tuple[PeerRange, ...] | None = None
    ipv6_cidr_block_set: tuple[PeerRange6, ...] | None = msgspec.field(name="Ipv6CidrBlockSet", default=None)

    @property
    def ranges(self) -> tuple[str, ...]:
        """Return its ranges of addresses, of both kinds."""
        ranges = tuple(one.cidr_block for one in self.cidr_block_set or ())
        return (*ranges, *(one.ipv6_cidr_block for one in self.ipv6_cidr_block_set or ()))


@record
class VpcPeering(Record):
    """Two VPCs whose routes may lead to each other.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnection.html
    """

    vpc_peering_connection_id: Annotated[str, At(PEERINGS, "VpcPeeringConnections[].VpcPeeringConnectionId")]
    requester: Annotated[Peer, At(PEERINGS, "VpcPeeringConnections[].RequesterVpcInfo")]
    accepter: Annotated[Peer, At(PEERINGS, "VpcPeeringConnections[].AccepterVpcInfo")]

    def across(self, vpc_id: str) -> Peer:
        """Return the peer of one of the two VPCs."""
        return self.accepter if self.requester.vpc_id == vpc_id else self.requester


def covered(cidr: str, by: Iterable[str]) -> bool:
    """Say whether some ranges together take in the whole of one: a half beside the other half is the whole.

    False where a text is no range.
    """
    try:
        whole, others = ip_network(cidr, strict=False), [ip_network(one, strict=False) for one in by]
    except ValueError:
        return False
    if isinstance(whole, IPv4Network):
        return any(whole.subnet_of(one) for one in collapse_addresses(o for o in others if isinstance(o, IPv4Network)))
    return any(whole.subnet_of(one) for one in collapse_addresses(o for o in others if isinstance(o, IPv6Network)))
