"""Collects VPCs, network access lists, VPC endpoints, flow logs and peerings."""

from collections.abc import Mapping
from typing import Any

from hexward.collect.ec2 import ARN
from hexward.collect.table import Call, Table
from hexward.inventory import FlowLog, NetworkAcl, Vpc, VpcEndpoint, VpcPeering

PAGE = {"MaxResults": 1000}


def _leads(peering: Mapping[str, Any]) -> bool:
    """Only an active peering carries packets; the others linger for a while, or were never accepted."""
    status = peering.get("Status")
    return not isinstance(status, Mapping) or status.get("Code", "active") == "active"


TABLES = (
    Table(Vpc, "ec2", Call("DescribeVpcs", PAGE), "Vpcs[]", ARN + "vpc/{VpcId}"),
    Table(NetworkAcl, "ec2", Call("DescribeNetworkAcls", PAGE), "NetworkAcls[]", ARN + "network-acl/{NetworkAclId}"),
    Table(VpcEndpoint, "ec2", Call("DescribeVpcEndpoints", PAGE), "VpcEndpoints[]", ARN + "vpc-endpoint/{VpcEndpointId}"),
    Table(FlowLog, "ec2", Call("DescribeFlowLogs", PAGE), "FlowLogs[]", ARN + "vpc-flow-log/{FlowLogId}"),
    Table(
        VpcPeering,
        "ec2",
        Call("DescribeVpcPeeringConnections", PAGE),
        "VpcPeeringConnections[]",
        ARN + "vpc-peering-connection/{VpcPeeringConnectionId}",
        keep=_leads,
    ),
)  # fmt: skip
