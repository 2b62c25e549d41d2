"""What policies give away, and to whom."""

import json

import pytest

from hexward.events.policies import grants_all, open_providers

GITHUB = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
COGNITO = "cognito-identity.amazonaws.com"


def policy(**statement: object) -> str:
    return json.dumps({"Statement": [{"Effect": "Allow", **statement}]})


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ({"Action": "*", "Resource": "*"}, True),
        ({"Action": "iam:**", "Resource": "*"}, True),
        ({"Action": "iam:Put?serPolicy", "Resource": "*"}, True),
        ({"Action": "iam:*", "Resource": "arn:aws:iam::*:*"}, True),
        ({"Action": "iam:AttachRolePolicy", "Resource": "arn:aws:iam::111122223333:role/*"}, True),
        ({"NotAction": "s3:*", "NotResource": "arn:aws:s3:::own"}, True),
        ({"Action": "iam:PassRole", "Resource": "*"}, False),
        ({"Action": "iam:Put[u]serPolicy*", "Resource": "*"}, False),
        ({"Action": "iam:AttachRolePolicy", "Resource": "arn:aws:iam::111122223333:role/app/*"}, False),
        ({"Action": "*", "Resource": "arn:aws:s3:::*"}, False),
        ({"Action": "iam:*", "Resource": "*", "Effect": "Deny"}, False),
        ({"Action": "i" + "*a" * 5000, "Resource": "*"}, False),
        ({"Action": 5, "Resource": {"a": 1}}, False),
    ],
)
def test_tells_a_policy_that_leads_to_all_rights(statement, expected):
    assert grants_all(policy(**statement)) is expected


def test_rights_below_a_boundary_are_not_all():
    bound = {"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limit"}}
    assert not grants_all(policy(Action="iam:PutRolePolicy", Resource="*", Condition=bound))


def test_a_boundary_that_is_only_excluded_bounds_nothing():
    excluded = {"StringNotEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limit"}}
    assert grants_all(policy(Action="iam:PutRolePolicy", Resource="*", Condition=excluded))


@pytest.mark.parametrize(
    ("provider", "conditions", "is_open"),
    [
        (GITHUB, {}, True),
        (GITHUB, {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}, True),
        (GITHUB, {"StringLike": {"token.actions.githubusercontent.com:sub": ["repo:acme/train:*"]}}, False),
        (GITHUB, {"StringLike": {"token.actions.githubusercontent.com:sub": ["repo:acme/train:*", "*"]}}, True),
        (GITHUB, {"Null": {"token.actions.githubusercontent.com:sub": "false"}}, True),
        (GITHUB, {"StringNotEquals": {"token.actions.githubusercontent.com:sub": "repo:acme/web:x"}}, True),
        (GITHUB, {"ForAllValues:StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/web:*"}}, True),
        (COGNITO, {}, True),
        (COGNITO, {"StringEquals": {f"{COGNITO}:aud": "eu-west-1:pool"}}, False),
        ("accounts.google.com", {"StringEquals": {"accounts.google.com:aud": "theirs"}}, True),
        ("arn:aws:iam::111122223333:saml-provider/okta", {}, False),
    ],
)
def test_tells_a_provider_that_may_vouch_for_anybody(provider, conditions, is_open):
    document = policy(Principal={"Federated": provider}, Condition=conditions)
    assert open_providers(document) == ({provider} if is_open else set())


@pytest.mark.parametrize("document", [None, "", "{", "[]", '{"Statement": "x"}', policy(Principal="*", Condition=[1])])
def test_a_document_without_providers_has_none(document):
    assert open_providers(document) == frozenset()
