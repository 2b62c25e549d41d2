"""Collects tables, their tags and their policies."""

from hexward.collect.table import Call, Table
from hexward.inventory import DynamoTable

TABLES = (
    Table(
        DynamoTable,
        "dynamodb",
        Call("ListTables", {"Limit": 100}),
        "TableNames[]",
        "arn:{partition}:dynamodb:{region}:{account}:table/{TableName}",
        text="TableName",
        details=(
            Call("DescribeTable", {"TableName": "$TableName"}),
            Call("GetResourcePolicy", {"ResourceArn": "$itself"}, absent=("PolicyNotFoundException",)),
            Call("ListTagsOfResource", {"ResourceArn": "$itself"}),
        ),
    ),
)
