"""HTTP and WebSocket APIs: who may call what, and what answers."""

from typing import Annotated

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags

APIS = "apigatewayv2:GetApis"


class HttpRoute(Part):
    """A route: `target` names an integration (`integrations/abc123`). `authorization_type` is NONE, AWS_IAM, CUSTOM or JWT.

    Left out, it is NONE. https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html
    """

    route_key: str
    authorization_type: str | None = None
    target: str | None = None


class Integration(Part):
    """What answers a route: a function, a service of AWS's or an address."""

    integration_id: str | None = None
    integration_uri: str | None = None


@record
class HttpApi(Record):
    """An API of the second kind; `protocol_type` is HTTP or WEBSOCKET.

    https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html
    """

    id: Annotated[str, At(APIS, "Items[].ApiId")]
    name: Annotated[str, At(APIS, "Items[].Name")]
    protocol_type: Annotated[str, At(APIS, "Items[].ProtocolType")]
    tags: Annotated[Tags | None, At(APIS, "Items[].Tags")]
    routes: Annotated[tuple[HttpRoute, ...], At("apigatewayv2:GetRoutes", "Items")]
    integrations: Annotated[tuple[Integration, ...], At("apigatewayv2:GetIntegrations", "Items")]

    @property
    def uris(self) -> tuple[str, ...]:
        """Return what answers, each once. Raises NotCollected if that was not read, as `uri_of` does."""
        return tuple(dict.fromkeys(one.integration_uri for one in self.integrations if one.integration_uri))

    def uri_of(self, route: HttpRoute) -> str:
        """Return what answers a route, empty where nothing does that has a name."""
        wanted = (route.target or "").removeprefix("integrations/")
        return next((one.integration_uri or "" for one in self.integrations if one.integration_id == wanted), "")
