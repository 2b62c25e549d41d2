"""Collects image repositories."""

from hexward.collect.table import Call, Table
from hexward.inventory import Repository

TABLES = (
    Table(
        Repository,
        "ecr",
        Call("DescribeRepositories", {"maxResults": 1000}),
        "repositories[]",
        "{repositoryArn}",
        details=(
            Call(
                "GetRepositoryPolicy",
                {"repositoryName": "$repositoryName"},
                absent=("RepositoryPolicyNotFoundException",),
            ),
        ),
    ),
)
