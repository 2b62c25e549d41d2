"""Collects REST APIs with their stages, and with all methods of all paths."""

from hexward.collect.table import Call, Table
from hexward.inventory import RestApi

API = {"restApiId": "$id"}

TABLES = (
    Table(
        RestApi,
        "apigateway",
        Call("GetRestApis", {"limit": 500}),
        "items[]",
        "arn:{partition}:apigateway:{region}::/restapis/{id}",
        details=(
            Call("GetStages", API),
            Call("GetResources", {**API, "embed": ["methods"], "limit": 500}),
        ),
    ),
)
