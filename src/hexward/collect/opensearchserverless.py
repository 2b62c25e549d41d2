"""Collects serverless search collections and the policies that open them to networks."""

from hexward.collect.table import Call, Table
from hexward.inventory import Collection, NetworkPolicy

PAGE = {"maxResults": 100}
NETWORK = {"type": "network"}

TABLES = (
    Table(
        Collection,
        "opensearchserverless",
        Call("ListCollections", PAGE),
        "collectionSummaries[]",
        "{arn}",
        details=(
            Call("BatchGetCollection", {"ids": ["$id"]}),
            Call("ListTagsForResource", {"resourceArn": "$itself"}),
        ),
    ),
    Table(
        NetworkPolicy,
        "opensearchserverless",
        Call("ListSecurityPolicies", {**NETWORK, **PAGE}),
        "securityPolicySummaries[]",
        "arn:{partition}:aoss:{region}:{account}:network-policy/{name}",
        details=(Call("GetSecurityPolicy", {"name": "$name", **NETWORK}),),
    ),
)
