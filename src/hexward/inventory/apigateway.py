"""REST APIs: their stages, who may call what, and what answers."""

from typing import Annotated, Any

import msgspec

from hexward.inventory.policy import document
from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags

APIS = "apigateway:GetRestApis"


def escaped(raw: Any) -> str:  # noqa: ANN401  (AWS's own JSON)
    r"""Read an API's policy, which API Gateway hands out with its quotes escaped (`{\"Version\": …}`); raises ValueError.

    https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html
    """
    if isinstance(raw, str) and raw.startswith('{\\"'):
        raw = msgspec.json.decode(f'"{raw}"')
    return document(raw)


class Answering(Part, rename="camel"):
    """What answers a method: `uri` names a function, a service of AWS's or an address; None for an answer of API Gateway's own."""

    type: str | None = None
    uri: str | None = None


class Method(Part, rename="camel"):
    """A method of a path. `authorization_type` is NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS.

    https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html
    """

    authorization_type: str
    api_key_required: bool | None = None
    method_integration: Answering | None = None


class Resource(Part, rename="camel"):
    """A path and its methods, by name; `ANY` stands for all of them."""

    path: str
    resource_methods: dict[str, Method] | None = None


class Stage(Part, rename="camel"):
    """A deployment under an address of its own; `web_acl_arn` is None without a web ACL."""

    stage_name: str
    web_acl_arn: str | None = None


class EndpointConfiguration(Part, rename="camel"):
    """Where an API is reached: EDGE, REGIONAL, or PRIVATE for one that only VPC endpoints lead to."""

    types: tuple[str, ...]


@record
class RestApi(Record):
    """A REST API. `policy` is None without a policy of its own.

    https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html
    """

    id: Annotated[str, At(APIS, "items[].id")]
    name: Annotated[str, At(APIS, "items[].name")]
    endpoint_configuration: Annotated[EndpointConfiguration, At(APIS, "items[].endpointConfiguration")]
    policy: Annotated[str | None, At(APIS, "items[].policy", escaped)]
    tags: Annotated[Tags | None, At(APIS, "items[].tags")]
    stages: Annotated[tuple[Stage, ...] | None, At("apigateway:GetStages", "item")]
    resources: Annotated[tuple[Resource, ...] | None, At("apigateway:GetResources", "items")]

    @property
    def methods(self) -> tuple[tuple[str, str, Method], ...]:
        """Return every method as path, name and method. Raises NotCollected if they were not read, as `uris` does."""
        paths = self.resources or ()
        return tuple((one.path, name, method) for one in paths for name, method in (one.resource_methods or {}).items())

    @property
    def uris(self) -> tuple[str, ...]:
        """Return what answers, each once."""
        answering = (method.method_integration for _, _, method in self.methods)
        return tuple(dict.fromkeys(one.uri for one in answering if one is not None and one.uri))
