"""Collects functions, without their code and without the values of their environment."""

from hexward.collect.table import Call, Table
from hexward.inventory import Function

NAME = {"FunctionName": "$FunctionName"}

TABLES = (
    Table(
        Function,
        "lambda",
        Call("ListFunctions", {"MaxItems": 50}),
        "Functions[]",
        "{FunctionArn}",
        details=(
            Call("ListFunctionUrlConfigs", NAME),
            Call("GetPolicy", NAME, absent=("ResourceNotFoundException",)),
            Call("ListTags", {"Resource": "$FunctionArn"}),
        ),
    ),
)
