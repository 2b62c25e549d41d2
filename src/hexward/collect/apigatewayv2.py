"""Collects HTTP and WebSocket APIs with their routes and integrations."""

from hexward.collect.table import Call, Table
from hexward.inventory import HttpApi

# The service takes the size of a page as a text.
PAGE = {"MaxResults": "500"}
API = {"ApiId": "$ApiId", **PAGE}

TABLES = (
    Table(
        HttpApi,
        "apigatewayv2",
        Call("GetApis", PAGE),
        "Items[]",
        "arn:{partition}:apigateway:{region}::/apis/{ApiId}",
        details=(Call("GetRoutes", API), Call("GetIntegrations", API)),
    ),
)
