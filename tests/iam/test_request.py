"""Requests: what follows from their principal, and those that nobody can make."""

import pytest

from hexward.iam import ANONYMOUS, Policies, PolicyError, Request, RequestError, decide
from tests.iam.build import (
    ABROAD,
    ALL,
    ALLOWED,
    FEDERATED,
    HOME,
    OBJECT,
    ROLE,
    SESSION,
    USER,
    allow,
    deny,
    explicitly,
    get,
    if_,
    outcome,
    policy,
)

FILLED = [
    (USER, "aws:username", "alice"),
    (USER, "aws:PrincipalArn", USER),
    (USER, "aws:PrincipalType", "User"),
    (SESSION, "aws:PrincipalArn", ROLE),
    (SESSION, "aws:PrincipalType", "AssumedRole"),
    (SESSION, "aws:PrincipalAccount", HOME),
    (FEDERATED, "aws:userid", f"{HOME}:alice"),
    (FEDERATED, "aws:PrincipalType", "FederatedUser"),
    (ANONYMOUS, "aws:PrincipalType", "Anonymous"),
    (USER, "aws:ResourceAccount", ABROAD),
]


@pytest.mark.parametrize(("principal", "key", "value"), FILLED)
def test_keys_that_follow_from_principal_and_resource_are_filled_in(principal, key, value):
    request = get(principal, account=ABROAD)
    unless = policy(allow(Principal="*"), deny(Principal="*", **if_("StringNotEquals", key, value)))
    policies = Policies(identity=(ALL,), session=ALL, resource=unless)
    assert outcome(request, policies) == ALLOWED
    overridden = get(principal, account=ABROAD, context={key.upper(): "other"})
    assert outcome(overridden, policies) == explicitly("resource")


def test_keys_that_do_not_follow_stay_absent():
    absent = policy(
        allow(), deny(**if_("Null", "aws:username", "false")), deny(**if_("Null", "aws:PrincipalOrgID", "false"))
    )
    assert outcome(get(SESSION), Policies(identity=(absent,))) == ALLOWED


@pytest.mark.parametrize(
    ("principal", "action"),
    [
        ("nobody", "s3:GetObject"),
        ("arn:aws:s3:::b", "s3:GetObject"),
        (f"{ROLE}*", "s3:GetObject"),
        (USER, "GetObject"),
        (USER, "s3:"),
    ],
)
def test_a_request_that_nobody_can_make_is_an_error(principal, action):
    with pytest.raises(RequestError):
        decide(Request(principal, action, OBJECT), Policies(identity=(ALL,)))


def test_a_context_value_of_no_known_type_is_an_error():
    with pytest.raises(RequestError, match="aws:x"):
        decide(get(USER, context={"aws:x": {"a": 1}}), Policies())


def test_a_malformed_policy_is_an_error_even_where_it_would_not_matter():
    with pytest.raises(PolicyError, match=r"Statement\[0\]"):
        decide(get(USER), Policies(identity=(ALL,), boundary=(policy({"Effect": "Allow"}),)))
