"""Collects image repositories, and how their images are scanned after the registry's own rules."""

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
            Call("BatchGetRepositoryScanningConfiguration", {"repositoryNames": ["$repositoryName"]}),
            Call(
                "GetRepositoryPolicy",
                {"repositoryName": "$repositoryName"},
                absent=("RepositoryPolicyNotFoundException",),
            ),
        ),
    ),
)
