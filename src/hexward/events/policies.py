"""What a policy in a request gives away: all rights, or a role to whomever an identity provider vouches for."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from hexward.events.request import structure

SUFFICIENT = (
    "iam:addusertogroup",
    "iam:attachgrouppolicy",
    "iam:attachrolepolicy",
    "iam:attachuserpolicy",
    "iam:createaccesskey",
    "iam:createloginprofile",
    "iam:createpolicyversion",
    "iam:putgrouppolicy",
    "iam:putrolepolicy",
    "iam:putuserpolicy",
    "iam:setdefaultpolicyversion",
    "iam:updateassumerolepolicy",
    "iam:updateloginprofile",
)
"""Actions, in lower case, of which each one on everything is enough to come by all others.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""
EVERYTHING = re.compile(
    r"\*+|arn:\*+|arn:[\w*-]+:\*+|arn:[\w*-]+:(iam|\*+):\**:[\d*]*:(\*+|(user|role|group|policy)/\*+)", re.IGNORECASE
)
"""Resources that are all, all of IAM's, or all of a kind of IAM's."""
BOUND = "iam:permissionsboundary"
"""The condition, in lower case, under which rights may be handed out that stay below a limit.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
"""
LAX = re.compile(r"not|null|ifexists|forallvalues", re.IGNORECASE)
"""Operators of conditions that name no value which must be there.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""
PUBLIC = frozenset({"accounts.google.com", "graph.facebook.com", "www.amazon.com"})
"""Providers that vouch for anybody, to whichever program asks them."""


def grants_all(document: object) -> bool:
    """Say whether a policy, as text, allows all actions, those of IAM that lead to all, or all but some, on everything."""
    return any(_allows_all(one) for one in _allowing(document))


def _allowing(document: object) -> Iterator[Mapping[str, Any]]:
    policy = structure(document) if isinstance(document, str) else document
    for one in listed(policy.get("Statement")) if isinstance(policy, Mapping) else []:
        if isinstance(one, Mapping) and one.get("Effect") == "Allow":
            yield one


def _allows_all(statement: Mapping[str, Any]) -> bool:
    everything = any(EVERYTHING.fullmatch(str(one)) for one in listed(statement.get("Resource")))
    sufficient = any(_is_sufficient(str(one).lower()) for one in listed(statement.get("Action")))
    if "NotAction" not in statement and (not sufficient or BOUND in _conditions(statement)):
        return False
    return everything or "NotResource" in statement


def _is_sufficient(action: str) -> bool:
    """Say whether an action, in which `*` and `?` stand for others, is one of `SUFFICIENT`."""
    if not action.startswith(("i", "*", "?")):
        return False
    if "*" not in action and "?" not in action:
        return action in SUFFICIENT
    return any(fnmatchcase(one, action.replace("[", "[[]")) for one in SUFFICIENT)


def _conditions(statement: Mapping[str, Any]) -> dict[str, list[object]]:
    """Return the values of which one must be met, by the key of their condition in lower case."""
    found: dict[str, list[object]] = {}
    asked = statement.get("Condition")
    for operator, tests in asked.items() if isinstance(asked, Mapping) else ():
        if LAX.search(str(operator)):
            continue
        for key, value in tests.items() if isinstance(tests, Mapping) else ():
            found.setdefault(str(key).lower(), []).extend(listed(value))
    return found


def open_providers(document: object) -> frozenset[str]:
    """Return the identity providers that a trust policy, as text, lets vouch for anybody.

    Those of SAML are left out: they vouch for the people of one company.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
    """
    found: set[str] = set()
    for statement in _allowing(document):
        principal = statement.get("Principal")
        named = listed(principal.get("Federated")) if isinstance(principal, Mapping) else []
        found.update(str(one) for one in named if one is not None and _vouches_for_anybody(str(one), statement))
    return frozenset(found)


def _vouches_for_anybody(provider: str, statement: Mapping[str, Any]) -> bool:
    if ":saml-provider/" in provider:
        return False
    if provider in PUBLIC:
        return True
    pool = provider == "cognito-identity.amazonaws.com"
    wanted = ":aud" if pool else ":sub"
    values = [str(one) for key, some in _conditions(statement).items() if key.endswith(wanted) for one in some]
    return not values or any(one.rstrip("*") in {"", "repo:"} for one in values)


def listed(value: object) -> list[object]:
    """Return a list as it is, and what stands alone as a list of one."""
    return value if isinstance(value, list) else [value]
