"""Collects what Inspector scans in each region, what of that it does not scan, and what it found of weight."""

from hexward.collect.table import Call, Table
from hexward.inventory import (
    InspectorCoverage,
    InspectorFinding,
    InspectorNetworkCoverage,
    InspectorNetworkFinding,
    InspectorRegion,
)


def _equals(*values: str) -> list[object]:
    """Return a filter for any of some words."""
    return [{"comparison": "EQUALS", "value": value} for value in values]


# A delegated administrator is told of all its member accounts, unless it asks for its own.
OWN = {"awsAccountId": _equals("$account"), "findingStatus": _equals("ACTIVE")}
OWN_PACKAGES = {"accountId": _equals("$account"), "scanType": _equals("PACKAGE")}
OWN_NETWORKS = {
    "accountId": _equals("$account"),
    "scanType": _equals("NETWORK"),
    "resourceType": _equals("AWS_EC2_INSTANCE"),
}
SEVERE = {**OWN, "severity": _equals("CRITICAL", "HIGH")}
REACHABLE = {**OWN, "findingType": _equals("NETWORK_REACHABILITY")}

# Descriptions, scores and links are most of a finding, and nobody reads them here.
OF_PACKAGES = ("findingArn", "severity", "firstObservedAt", "fixAvailable", "resources", "packageVulnerabilityDetails")
OF_NETWORKS = ("findingArn", "resources", "networkReachabilityDetails")

TABLES = (
    Table(
        InspectorRegion,
        "inspector2",
        Call("BatchGetAccountStatus", {"accountIds": ["$account"]}),
        "",
        "arn:{partition}:inspector2:{region}:{account}:account",
    ),
    Table(
        InspectorCoverage,
        "inspector2",
        Call("ListCoverage", {"filterCriteria": OWN_PACKAGES, "maxResults": 200}),
        "coveredResources[]",
        "arn:{partition}:inspector2:{region}:{account}:coverage/{resourceId}",
    ),
    Table(
        InspectorNetworkCoverage,
        "inspector2",
        Call("ListCoverage", {"filterCriteria": OWN_NETWORKS, "maxResults": 200}),
        "coveredResources[]",
        "arn:{partition}:ec2:{region}:{account}:instance/{resourceId}",
    ),
    Table(
        InspectorFinding,
        "inspector2",
        Call("ListFindings", {"filterCriteria": SEVERE, "maxResults": 100}, members=OF_PACKAGES),
        "findings[]",
        "{findingArn}",
    ),
    Table(
        InspectorNetworkFinding,
        "inspector2",
        Call("ListFindings", {"filterCriteria": REACHABLE, "maxResults": 100}, members=OF_NETWORKS),
        "findings[]",
        "{findingArn}",
    ),
)
