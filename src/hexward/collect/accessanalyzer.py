"""Collects Access Analyzer of each region, or that there is none, and its open findings of external access."""

from collections.abc import Mapping
from typing import Any

from hexward.collect.table import Call, Table, Within
from hexward.inventory import AccessAnalyzerRegion, AnalyzerFinding

ANALYZERS = Call("ListAnalyzers", {"maxResults": 100})
OPEN = {"status": {"eq": ["ACTIVE"]}}
OF_ANOTHER_KIND = (
    "UnusedIAMRole",
    "UnusedIAMUserAccessKey",
    "UnusedIAMUserPassword",
    "UnusedPermission",
    "InternalAccess",
)


def _external(finding: Mapping[str, Any]) -> bool:
    """Leave out what analyzers of unused and of internal access find; the type is one that AWS may leave out."""
    return all(finding.get("findingType") != other for other in OF_ANOTHER_KIND)


TABLES = (
    Table(
        AccessAnalyzerRegion,
        "accessanalyzer",
        ANALYZERS,
        "",
        "arn:{partition}:access-analyzer:{region}:{account}:analyzer",
    ),
    Table(
        AnalyzerFinding,
        "accessanalyzer",
        Call("ListFindingsV2", {"analyzerArn": "$arn", "filter": OPEN, "maxResults": 100}),
        "findings[]",
        "{arn}/finding/{id}",
        within=Within(ANALYZERS, "analyzers[]"),
        keep=_external,
    ),
)
