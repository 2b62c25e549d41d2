"""What makes a load balancer, an API, a distribution or a function's address a public entry of AI."""

import re
from collections.abc import Callable, Iterator

from hexward.inventory.apigateway import RestApi
from hexward.inventory.apigatewayv2 import HttpApi
from hexward.inventory.cloudfront import Distribution
from hexward.inventory.elbv2 import LoadBalancer, TargetGroup
from hexward.inventory.front_door import Door, EntryKind, OpenRoute, PublicEntry, entry_maker
from hexward.inventory.inventory import Inventory
from hexward.inventory.lambda_ import Function
from hexward.inventory.leads_to_ai import leads_to_ai, tagged
from hexward.inventory.record import NotCollected, Record, either, exists, some_is
from hexward.inventory.workloads import Workload

_API = re.compile(r"(?P<id>[a-z0-9]+)\.execute-api\.")
WITHOUT = {None, "NONE"}
"""Authorisation types that let everyone through."""


def _entry(one: Record, sort: EntryKind, fields: dict[str, Callable[[], object]]) -> PublicEntry:
    """Work each field out by itself, so that one gap leaves the others known; what a kind never has is left out."""
    known: dict[str, object] = {
        "sort": sort,
        "open_routes": (),
        "policy": None,
        "doors": (Door("", None),),
        "tags": None,
    }
    unread: dict[str, NotCollected] = {}
    for name, work_out in fields.items():
        known.pop(name, None)
        try:
            known[name] = work_out()
        except NotCollected as missing:
            unread[name] = missing
    gaps = {name: missing.gap for name, missing in unread.items()}
    return PublicEntry.partial(gaps, arn=one.arn, account=one.account, region=one.region, **known)


@entry_maker(LoadBalancer)
def load_balancer(inventory: Inventory, one: LoadBalancer) -> PublicEntry | None:
    """Return an internet-facing load balancer that hands requests to AI."""
    if one.scheme != "internet-facing" or not balances_ai(inventory, one):
        return None
    sort = EntryKind.LOAD_BALANCER if one.type == "application" else EntryKind.NETWORK_LOAD_BALANCER
    return _entry(
        one,
        sort,
        {"name": lambda: one.name, "doors": lambda: (Door("", one.web_acl_arn),), "tags": lambda: one.tags},
    )


def balances_ai(inventory: Inventory, one: LoadBalancer) -> bool:
    """Say whether a load balancer is tagged as AI's, or a target of one of its groups is."""

    def targets(group: TargetGroup) -> bool:
        return some_is((health.target.id for health in group.targets or ()), lambda name: leads_to_ai(inventory, name))

    groups = inventory.by(TargetGroup, "load_balancer_arns", one.arn)
    return either(lambda: tagged(one.tags), lambda: exists(groups, targets))


def serves_ai(inventory: Inventory, one: RestApi | HttpApi) -> bool:
    """Say whether an API is tagged as AI's, or what answers one of its routes is."""
    return either(lambda: tagged(one.tags), lambda: some_is(one.uris, lambda uri: leads_to_ai(inventory, uri)))


@entry_maker(RestApi)
def rest_api(inventory: Inventory, one: RestApi) -> PublicEntry | None:
    """Return a REST API that serves AI, is deployed, and is reached from elsewhere than VPC endpoints alone."""
    deployed = "stages" not in one.known() or bool(one.stages)
    if one.endpoint_configuration.types == ("PRIVATE",) or not deployed or not serves_ai(inventory, one):
        return None
    return _entry(
        one,
        EntryKind.REST_API,
        {
            "name": lambda: one.name,
            "doors": lambda: tuple(Door(stage.stage_name, stage.web_acl_arn or None) for stage in one.stages or ()),
            "open_routes": lambda: tuple(_open_methods(inventory, one)),
            "policy": lambda: one.policy,
            "tags": lambda: one.tags,
        },
    )


def _open_methods(inventory: Inventory, one: RestApi) -> Iterator[OpenRoute]:
    for path, name, method in one.methods:
        answering = method.method_integration
        # Browsers ask for OPTIONS before they have a token to show.
        if method.authorization_type not in WITHOUT or name == "OPTIONS" or answering is None:
            continue
        leads = _leads(inventory, answering.uri or "", tagged=tagged(one.tags) and answering.type != "MOCK")
        if leads is not False:
            yield OpenRoute(name, path, bool(method.api_key_required), sure=leads is True)


def _leads(inventory: Inventory, uri: str, *, tagged: bool) -> bool | None:
    """Say whether a route leads to AI, as any does of an API that is tagged so; None where that is not known."""
    try:
        return tagged or leads_to_ai(inventory, uri)
    except NotCollected:
        # It is kept, and says so itself.
        return None


@entry_maker(HttpApi)
def http_api(inventory: Inventory, one: HttpApi) -> PublicEntry | None:
    """Return an HTTP or WebSocket API that serves AI."""
    if not serves_ai(inventory, one):
        return None
    return _entry(
        one,
        EntryKind.HTTP_API,
        {
            "name": lambda: one.name,
            "open_routes": lambda: tuple(_open_routes(inventory, one)),
            "tags": lambda: one.tags,
        },
    )


def _open_routes(inventory: Inventory, one: HttpApi) -> Iterator[OpenRoute]:
    """Yield the open routes; a WebSocket asks for authorisation as it connects, and for all that follows.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
    """
    guarded = any(route.route_key == "$connect" and route.authorization_type not in WITHOUT for route in one.routes)
    if one.protocol_type == "WEBSOCKET" and guarded:
        return
    for route in one.routes:
        method, _, path = route.route_key.rpartition(" ")
        if route.authorization_type not in WITHOUT or method == "OPTIONS":
            continue
        leads = _leads(inventory, one.uri_of(route), tagged=tagged(one.tags))
        if leads is not False:
            yield OpenRoute(method or "ANY", path, api_key=False, sure=leads is True)


@entry_maker(Function)
def function_url(inventory: Inventory, one: Function) -> PublicEntry | None:
    """Return a function that is an AI workload and has an address that asks for no credentials."""
    if not any(url.auth_type == "NONE" for url in one.url):
        return None
    if not exists(inventory.by(Workload, "arn", one.arn), lambda _: True):
        return None
    return _entry(one, EntryKind.FUNCTION_URL, {"name": lambda: one.name, "tags": lambda: one.tags})


@entry_maker(Distribution)
def distribution(inventory: Inventory, one: Distribution) -> PublicEntry | None:
    """Return a distribution that is tagged as AI's, or one of whose origins is."""
    if not one.enabled or not either(
        lambda: tagged(one.tags),
        lambda: some_is(one.origins, lambda origin: _is_ai_origin(inventory, origin.domain_name.lower())),
    ):
        return None
    return _entry(
        one,
        EntryKind.DISTRIBUTION,
        {
            "name": lambda: one.domain_name,
            "doors": lambda: (Door("", one.web_acl_id or None),),
            "tags": lambda: one.tags,
        },
    )


def _is_ai_origin(inventory: Inventory, host: str) -> bool:
    api = _API.match(host)
    if api is not None:
        name = api["id"]
        return either(
            lambda: exists(inventory.by(RestApi, "id", name), lambda one: serves_ai(inventory, one)),
            lambda: exists(inventory.by(HttpApi, "id", name), lambda one: serves_ai(inventory, one)),
        )
    if ".elb." in host:
        balancers = inventory.by(LoadBalancer, "host", host.removeprefix("dualstack."))
        return exists(balancers, lambda one: balances_ai(inventory, one))
    return leads_to_ai(inventory, host)
