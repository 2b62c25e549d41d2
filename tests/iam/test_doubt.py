"""Constructs that AWS's documentation leaves open: named, and never guessed."""

import pytest

from hexward.iam import Policies, Request, Verdict, decide
from tests.iam.build import (
    ABROAD,
    ALL,
    ALLOWED,
    HOME,
    NONE,
    NOTHING,
    USER,
    allow,
    explicitly,
    get,
    if_,
    implicitly,
    outcome,
    policy,
    to,
)

UNSETTLED = [
    (allow(**if_("StringEquals", "aws:TagKeys", "a")), "aws:TagKeys"),
    (allow(**if_("StringNotEquals", "s3:x", "${aws:missing}")), "aws:missing"),
    (allow(**if_("ArnNotLike", "aws:PrincipalArn", "role/admin")), "role/admin"),
    (allow(**if_("StringLike", "aws:userid", "AIDAX*")), "aws:userid"),
    (allow(**if_("ForAnyValue:Null", "aws:TagKeys", "true")), "Null"),
    (allow("s3:*", ["arn:aws:s3:::weights/*", "arn:aws:s3:::${aws:missing}/*"]), "aws:missing"),
]


@pytest.mark.parametrize(("statement", "named"), UNSETTLED)
def test_what_is_not_supported_is_named_and_never_guessed(statement, named):
    request = get(USER, context={"aws:TagKeys": ["a", "b"], "s3:x": "y"})
    decision = decide(request, Policies(identity=(policy(statement),)))
    assert decision.verdict is Verdict.UNKNOWN
    assert named in decision.construct
    denied = decide(request, Policies(identity=(ALL, policy(statement | {"Effect": "Deny"}))))
    assert denied.verdict is Verdict.UNKNOWN
    assert outcome(request, Policies(identity=(policy(statement), NONE))) == explicitly("identity")
    assert outcome(request, Policies(identity=(policy(statement), ALL))) == ALLOWED
    assert outcome(request, Policies(identity=(policy(statement),), scps=((NOTHING,),))) == implicitly("scp")


def test_principals_that_cannot_be_told_apart_leave_the_verdict_unknown():
    for element in ({"NotPrincipal": to(ABROAD)}, {"Principal": {"CanonicalUser": "79a59df900b949e55d96a1e698f"}}):
        decision = decide(get(USER), Policies(resource=policy(allow(**element))))
        assert decision.verdict is Verdict.UNKNOWN
        assert decision.construct


ENDPOINTS = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"


def test_an_account_in_the_policy_of_a_gateway_endpoint_is_unknown():
    policies = Policies(identity=(ALL,), endpoint=(policy(allow(Principal=to(HOME))),))
    assert decide(get(USER), policies).verdict is Verdict.UNKNOWN, ENDPOINTS
    assert outcome(Request(USER, "sqs:SendMessage", f"arn:aws:sqs:us-east-1:{HOME}:q"), policies) == ALLOWED
