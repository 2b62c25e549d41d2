"""An entry is AI's by what it hands requests to, or by its tag; whether it is public, guarded and open is told of each kind."""

from typing import Any

import pytest

from hexward.inventory import (
    Distribution,
    Function,
    HttpApi,
    LoadBalancer,
    NotCollected,
    PublicEntry,
    Record,
    RestApi,
    TargetGroup,
    Workload,
)
from hexward.inventory.apigateway import Answering, EndpointConfiguration, Method, Resource, Stage
from hexward.inventory.apigatewayv2 import HttpRoute, Integration
from hexward.inventory.cloudfront import Origin
from hexward.inventory.elbv2 import Target, TargetHealth
from hexward.inventory.front_door import Door, EntryKind
from hexward.inventory.lambda_ import FunctionUrl
from tests.build import ACCOUNT, REGION, inventory, seen

CHAT = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:chat"
PROXY = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{CHAT}:live/invocations"
HOST = f"abc.lambda-url.{REGION}.on.aws"
ACL = f"arn:aws:wafv2:{REGION}:{ACCOUNT}:regional/webacl/x/1"


def function(auth: str = "AWS_IAM", arn: str = CHAT) -> Function:
    return seen(Function, arn, name="chat", url=(FunctionUrl(f"https://{HOST}/", arn, auth),), tags={})


AI = (function(), seen(Workload, CHAT, stage="infer"))


def balancer(scheme: str = "internet-facing", kind: str = "application", **tags: str) -> LoadBalancer:
    return seen(
        LoadBalancer, "arn:lb", name="lb", scheme=scheme, type=kind, dns_name="LB-1.us-east-1.elb.amazonaws.com",
        web_acl_arn=ACL, tags=tags,
    )  # fmt: skip


def group(target: str, balancer: str = "arn:lb") -> TargetGroup:
    return seen(
        TargetGroup, load_balancer_arns=(balancer,), target_type="lambda", targets=(TargetHealth(Target(target)),)
    )


def rest(
    uri: str | None = PROXY, auth: str = "NONE", types: tuple[str, ...] = ("REGIONAL",), **changed: Any
) -> RestApi:
    method = Method(auth, api_key_required=True, method_integration=Answering("AWS_PROXY" if uri else "MOCK", uri))
    fields = {
        "tags": None, "policy": None, "stages": (Stage("prod", ACL), Stage("dev")),
        "resources": (Resource("/chat", {"POST": method, "OPTIONS": method}), Resource("/")), **changed,
    }  # fmt: skip
    return seen(
        RestApi, "arn:rest", id="r1", name="rest", endpoint_configuration=EndpointConfiguration(types), **fields
    )


def http(uri: str = CHAT, protocol: str = "HTTP", *routes: HttpRoute) -> HttpApi:
    return seen(
        HttpApi, "arn:http", id="h1", name="http", protocol_type=protocol, tags=None, routes=routes,
        integrations=(Integration("i1", uri),),
    )  # fmt: skip


def distribution(host: str, acl: str = "", *, enabled: bool = True) -> Distribution:
    return seen(Distribution, "arn:cf", id="d1", domain_name="d1.cloudfront.net", enabled=enabled, origins=(Origin(host),),
                web_acl_id=acl, tags=None)  # fmt: skip


def entries(*records: Record) -> list[PublicEntry]:
    return list(inventory(*records).of(PublicEntry))


def kinds(*records: Record) -> list[EntryKind]:
    return [one.sort for one in entries(*records)]


@pytest.mark.parametrize(
    ("records", "found"),
    [
        ((balancer(), group(CHAT)), [EntryKind.LOAD_BALANCER]),
        ((balancer(), group(f"{CHAT}:live")), [EntryKind.LOAD_BALANCER]),
        ((balancer(workload="Inference"),), [EntryKind.LOAD_BALANCER]),
        ((balancer(kind="network", workload="inference"),), [EntryKind.NETWORK_LOAD_BALANCER]),
        ((balancer("internal"), group(CHAT)), []),
        ((balancer(), group(f"{CHAT}-other")), []),
        ((balancer(), group(CHAT, "arn:other")), []),
        ((balancer(workload="web"),), []),
        ((rest(),), [EntryKind.REST_API]),
        ((rest(f"arn:aws:apigateway:{REGION}:runtime.sagemaker:path//endpoints/x/invocations"),), [EntryKind.REST_API]),
        ((rest("https://bedrock-runtime.us-east-1.amazonaws.com/model/x/invoke"),), [EntryKind.REST_API]),
        ((rest(f"https://{HOST}/ask"),), [EntryKind.REST_API]),
        ((rest(None, tags={"workload": "inference"}),), [EntryKind.REST_API]),
        ((rest(None),), []),
        ((rest("https://example.com/sagemaker"),), []),
        ((rest(types=("PRIVATE",)),), []),
        ((rest(stages=None),), []),
        ((http(),), [EntryKind.HTTP_API]),
        ((http("https://example.com"),), []),
        ((distribution(HOST.upper()),), [EntryKind.DISTRIBUTION]),
        ((distribution("lb-1.us-east-1.elb.amazonaws.com"), balancer("internal"), group(CHAT)), [EntryKind.DISTRIBUTION]),
        ((distribution("dualstack.lb-1.us-east-1.elb.amazonaws.com"), balancer("internal")), []),
        ((distribution("r1.execute-api.us-east-1.amazonaws.com"), rest(types=("PRIVATE",))), [EntryKind.DISTRIBUTION]),
        ((distribution("h1.execute-api.us-east-1.amazonaws.com"), http()), [EntryKind.HTTP_API, EntryKind.DISTRIBUTION]),
        ((distribution("site.s3.amazonaws.com"),), []),
        ((distribution(HOST, enabled=False),), []),
    ],
)  # fmt: skip
def test_an_entry_is_public_and_leads_to_ai(records, found):
    assert kinds(*records, *AI) == found


def test_the_address_of_a_function_is_an_entry_if_it_asks_for_no_credentials():
    assert kinds(function("NONE"), seen(Workload, CHAT, stage="infer")) == [EntryKind.FUNCTION_URL]
    assert kinds(function("AWS_IAM"), seen(Workload, CHAT, stage="infer")) == []


def test_each_stage_is_a_door_of_its_own():
    [api] = entries(rest(), *AI)
    assert api.doors == (Door("prod", ACL), Door("dev", None))
    assert api.web_acl_arns == (ACL,)
    [site] = entries(distribution(HOST), *AI)
    assert site.doors == (Door("", None),)


ROUTE = HttpRoute("POST /chat", "NONE", "integrations/i1")


@pytest.mark.parametrize(
    ("api", "routes"),
    [
        (rest(), [("POST", "/chat", True)]),
        (rest(auth="AWS_IAM"), []),
        (rest(auth="COGNITO_USER_POOLS"), []),
        (http(CHAT, "HTTP", ROUTE), [("POST", "/chat", False)]),
        (http(CHAT, "HTTP", HttpRoute("$default", None, "integrations/i1")), [("ANY", "$default", False)]),
        (http(CHAT, "HTTP", HttpRoute("OPTIONS /chat", "NONE", "integrations/i1")), []),
        (http(CHAT, "HTTP", HttpRoute("POST /chat", "JWT", "integrations/i1")), []),
        (http(CHAT, "HTTP", HttpRoute("GET /health", "NONE", "integrations/i2")), []),
        (http(CHAT, "WEBSOCKET", HttpRoute("ask", "NONE", "integrations/i1")), [("ANY", "ask", False)]),
        (http(CHAT, "WEBSOCKET", HttpRoute("$connect", "CUSTOM"), HttpRoute("ask", "NONE", "integrations/i1")), []),
    ],
)
def test_a_route_to_ai_is_open_where_it_asks_for_nothing(api, routes):
    [entry] = entries(api, *AI)
    assert [(one.method, one.path, one.api_key) for one in entry.open_routes] == routes


def test_what_is_not_known_to_be_an_entry_is_a_gap():
    variable = rest(
        "arn:aws:apigateway:us-east-1:lambda:path/functions/arn:aws:lambda:x:function:${stageVariables.f}/invocations"
    )
    for records in (
        (variable,),
        (balancer().punched("tags"),),
        (rest().punched("resources"),),
        (http(), seen(Function)),
    ):
        found = inventory(*records).of(PublicEntry)
        assert found.records == ()
        with pytest.raises(NotCollected):
            list(found)


def test_a_gap_beside_what_is_known_hides_nothing():
    [one] = inventory(balancer().punched("tags"), group(CHAT), *AI).of(PublicEntry).records
    assert one.name == "lb"
    [api] = entries(rest().punched("stages"), *AI)
    assert [route.path for route in api.open_routes] == ["/chat"]
    with pytest.raises(NotCollected):
        api.web_acl_arns  # noqa: B018
