"""Collects Security Hub of each region, or that it is off: standards, controls that are off, findings, and where they are gathered."""

from collections.abc import Mapping
from typing import Any

from hexward.collect.table import Answers, Call, Table, Within
from hexward.inventory import (
    SecurityHubAggregation,
    SecurityHubDisabledControl,
    SecurityHubFinding,
    SecurityHubRegion,
    SecurityHubStandard,
)

# Security Hub answers InvalidAccessException where the account is not subscribed to it.
OFF = ("InvalidAccessException",)
STANDARDS = Call("GetEnabledStandards", {"MaxResults": 100}, absent=OFF)

# AWS's pages show findings of the product "Security Hub CSPM" where they showed "Security Hub" before; both begin alike.
OWN = {
    "ProductName": [{"Value": "Security Hub", "Comparison": "PREFIX"}],
    "RecordState": [{"Value": "ACTIVE", "Comparison": "EQUALS"}],
}


def _is_on(answers: Answers) -> bool:
    return bool(answers["securityhub:DescribeHub"].get("HubArn"))


def _has_aggregator(answers: Answers) -> bool:
    return bool(answers["securityhub:ListFindingAggregators"].get("FindingAggregators"))


def _is_disabled(control: Mapping[str, Any]) -> bool:
    return control.get("ControlStatus") != "ENABLED"


TABLES = (
    Table(
        SecurityHubRegion,
        "securityhub",
        Call("DescribeHub", absent=(*OFF, "ResourceNotFoundException")),
        "",
        "arn:{partition}:securityhub:{region}:{account}:hub",
        details=(Call("ListEnabledProductsForImport", {"MaxResults": 100}, needed=_is_on),),
    ),
    Table(
        SecurityHubStandard,
        "securityhub",
        STANDARDS,
        "StandardsSubscriptions[]",
        "{StandardsSubscriptionArn}",
    ),
    Table(
        SecurityHubDisabledControl,
        "securityhub",
        Call("DescribeStandardsControls", {"StandardsSubscriptionArn": "$StandardsSubscriptionArn", "MaxResults": 100}),
        "Controls[]",
        "{StandardsControlArn}",
        within=Within(STANDARDS, "StandardsSubscriptions[]"),
        keep=_is_disabled,
    ),
    Table(
        SecurityHubFinding,
        "securityhub",
        # Resources, remediation and product fields are nearly all of a finding.
        Call(
            "GetFindings",
            {"Filters": OWN, "MaxResults": 100},
            absent=OFF,
            members=("Id", "Compliance", "Workflow", "Note"),
        ),
        "Findings[]",
        "{Id}",
    ),
    Table(
        SecurityHubAggregation,
        "securityhub",
        Call("ListFindingAggregators", {"MaxResults": 100}, absent=OFF),
        "",
        "arn:{partition}:securityhub:{region}:{account}:finding-aggregator",
        details=(
            Call(
                "GetFindingAggregator",
                {"FindingAggregatorArn": "$FindingAggregators[].FindingAggregatorArn"},
                needed=_has_aggregator,
            ),
        ),
    ),
)
