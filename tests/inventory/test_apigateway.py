"""An API's policy is read as API Gateway hands it out, and so are its methods."""

import json

import pytest

from hexward.inventory import HttpApi, RestApi
from hexward.inventory.apigateway import Answering, Method, Resource, escaped
from hexward.inventory.apigatewayv2 import HttpRoute, Integration
from tests.build import seen

POLICY = {"Statement": [{"Effect": "Allow"}], "Version": "2012-10-17"}


@pytest.mark.parametrize("raw", [json.dumps(POLICY), json.dumps(POLICY).replace('"', '\\"'), POLICY])
def test_reads_a_policy_with_its_quotes_escaped_or_not(raw):
    assert json.loads(escaped(raw)) == POLICY


@pytest.mark.parametrize("raw", ["", "text", '{\\"', 5, None, []])
def test_what_is_no_policy_is_refused(raw):
    with pytest.raises(ValueError, match=r".+"):
        escaped(raw)


def test_lists_each_method_and_what_answers_once():
    chat = Method("NONE", method_integration=Answering("AWS_PROXY", "arn:chat"))
    mock = Method("NONE", method_integration=Answering("MOCK"))
    api = seen(
        RestApi,
        resources=(Resource("/a", {"GET": chat, "OPTIONS": mock}), Resource("/b", {"ANY": chat}), Resource("/")),
    )
    assert [(path, name) for path, name, _ in api.methods] == [("/a", "GET"), ("/a", "OPTIONS"), ("/b", "ANY")]
    assert api.uris == ("arn:chat",)


def test_finds_what_answers_a_route():
    api = seen(HttpApi, integrations=(Integration("i1", "arn:chat"), Integration("i2")))
    assert api.uri_of(HttpRoute("$default", target="integrations/i1")) == "arn:chat"
    assert api.uri_of(HttpRoute("$default", target="integrations/i2")) == ""
    assert api.uri_of(HttpRoute("$default")) == ""
    assert api.uris == ("arn:chat",)
