"""Collects search domains."""

from hexward.collect.table import Call, Table
from hexward.inventory import OpenSearchDomain

TABLES = (
    Table(
        OpenSearchDomain,
        "opensearch",
        Call("ListDomainNames"),
        "DomainNames[]",
        "arn:{partition}:es:{region}:{account}:domain/{DomainName}",
        details=(Call("DescribeDomain", {"DomainName": "$DomainName"}), Call("ListTags", {"ARN": "$itself"})),
    ),
)
