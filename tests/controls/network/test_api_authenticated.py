import json

import pytest

from hexward.controls.network.api_authenticated import api_authenticated
from hexward.inventory import PublicEntry
from hexward.inventory.front_door import Door, EntryKind, OpenRoute
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

CHAT = OpenRoute("POST", "/chat/{id}", api_key=False, sure=True)
API = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:r1"


def entry(*routes: OpenRoute, policy: str | None = None, sort: EntryKind = EntryKind.REST_API) -> PublicEntry:
    return seen(
        PublicEntry, f"arn:aws:apigateway:{REGION}::/restapis/r1", sort=sort, open_routes=routes, policy=policy,
        doors=(Door("dev", None), Door("prod", None)),
    )  # fmt: skip


def policy(resource: str, principal: object = "*", **condition: object) -> str:
    allow = {"Effect": "Allow", "Principal": principal, "Action": "execute-api:Invoke", "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [{**allow, "Condition": condition}]})


PASS = inventory(entry())
FAIL = inventory(entry(CHAT))


def test_names_each_open_route_and_says_that_a_key_is_not_enough():
    keyed = OpenRoute("ANY", "/{proxy+}", api_key=True, sure=True)
    assert [fault.says for fault in judge(api_authenticated, entry(CHAT, keyed)).faults] == [
        "anyone may call POST /chat/{id}, which leads to a model",
        "anyone may call ANY /{proxy+}, which leads to a model: an API key is no authentication",
    ]


@pytest.mark.parametrize(
    ("document", "status"),
    [
        (policy(f"{API}/*"), Status.FAIL),
        (policy("execute-api:/*/POST/chat/*"), Status.FAIL),
        (policy(f"{API}/prod/POST/chat/*"), Status.FAIL),
        (policy(f"{API}/prod/GET/*"), Status.PASS),
        (policy(f"{API}/beta/*"), Status.PASS),
        (policy(f"{API}/*", {"AWS": ACCOUNT}), Status.PASS),
        (policy(f"{API}/*", IpAddress={"aws:SourceIp": "203.0.113.0/24"}), Status.PASS),
        (policy(f"{API}/*", IpAddress={"aws:SourceIp": "0.0.0.0/0"}), Status.FAIL),
        (policy(f"{API}/*", NoSuchOperator={"aws:SourceIp": "0.0.0.0/0"}), Status.UNKNOWN),
    ],
)
def test_an_apis_policy_may_keep_strangers_out(document, status):
    assert judge(api_authenticated, entry(CHAT, policy=document)).status is status


def test_any_method_is_open_where_one_is():
    anything = OpenRoute("ANY", "/{proxy+}", api_key=False, sure=True)
    assert judge(api_authenticated, entry(anything, policy=policy(f"{API}/dev/POST/*"))).status is Status.FAIL
    assert judge(api_authenticated, entry(anything, policy=policy(f"{API}/dev/POST/chat"))).status is Status.FAIL
    assert judge(api_authenticated, entry(anything, policy=policy(f"{API}/dev/PUT/*"))).status is Status.PASS


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (entry(OpenRoute("GET", "/x", api_key=False, sure=False)), Status.UNKNOWN),
        (entry(OpenRoute("GET", "/x", api_key=False, sure=False), CHAT), Status.FAIL),
        (entry(CHAT, sort=EntryKind.HTTP_API), Status.FAIL),
        (entry(sort=EntryKind.LOAD_BALANCER), Status.NOT_APPLICABLE),
    ],
)
def test_a_route_that_may_lead_elsewhere_is_unknown_and_hides_none(one, status):
    assert judge(api_authenticated, one).status is status
