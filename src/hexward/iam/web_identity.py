"""Which identity providers of the public let anyone who has an account with them take a role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

import re
from collections.abc import Iterator, Mapping

from hexward.iam import glob
from hexward.iam.limits import Levels
from hexward.iam.outsiders import STRANGER, allowed, asked_for, compiled, one_of
from hexward.inventory import Role

ASSUME = "sts:AssumeRoleWithWebIdentity"
OWNED = r"[^:*?]+:[^:/*?]+[:/]"
"""How a subject begins that names an organisation: `repo:acme/`, `organization:acme:`."""
NAMED = r"[^/*?]+/"
NEVER = r"(?!)"
"""Of these claims a pattern names nobody."""

PUBLIC: Mapping[str, Mapping[str, str]] = {
    "token.actions.githubusercontent.com": {
        "sub": OWNED,
        "repository": NAMED,
        "repository_id": NEVER,
        "repository_owner": NEVER,
        "repository_owner_id": NEVER,
        "actor": NEVER,
        "actor_id": NEVER,
        "enterprise": NEVER,
        "enterprise_id": NEVER,
    },
    "gitlab.com": {"sub": OWNED},
    "app.terraform.io": {"sub": OWNED},
    "cognito-identity.amazonaws.com": {"aud": NEVER, "sub": NEVER},
    "accounts.google.com": {"aud": NEVER, "oaud": NEVER, "sub": NEVER, "email": NEVER},
    "www.amazon.com": {"app_id": NEVER, "aud": NEVER, "user_id": NEVER, "sub": NEVER},
    "graph.facebook.com": {"app_id": NEVER, "id": NEVER},
}
"""Providers with whom anyone may have an account, and the claims of their tokens that tell whose it is, or for whose application.

Each claim has the beginning of a pattern that names an organisation all the same; whatever else a token claims, a stranger can choose.
"""


def trusted(role: Role) -> tuple[str, ...]:
    """Return the public providers that may take a role for someone at least. Raises NotCollected for a malformed trust policy."""
    statements = compiled(role, role.trust).statements
    if not any(one.allow and one.actions.match(ASSUME.lower()) for one in statements):
        return ()
    return tuple(host for host in PUBLIC if allowed(role, role.trust, host, ASSUME, {}))


def trusts_anyone_of(role: Role, host: str, rcps: Levels = ()) -> bool:
    """Say whether a public provider may take a role for anyone, under resource control policies."""
    return any(allowed(role, role.trust, host, ASSUME, told, rcps=rcps) for told in _tokens(role, host))


def _tokens(role: Role, host: str) -> Iterator[Mapping[str, object]]:
    """Yield what a stranger's token may say: nothing that a policy names, or what one of its patterns means that names nobody."""
    claims = PUBLIC[host]
    stranger: dict[str, object] = {**STRANGER, **{f"{host}:{claim}": "stranger" for claim in claims}}
    yield stranger
    policy = compiled(role, role.trust)
    loose = {
        f"{host}:{claim}": [value for value in asked_for(policy, f"{host}:{claim}") if _loose(value, beginning)]
        for claim, beginning in claims.items()
    }
    chosen = {key: one_of(values[0]) for key, values in loose.items() if values}
    for key, values in loose.items():
        yield from ({**stranger, **chosen, key: one_of(value)} for value in values)


def _loose(value: str, beginning: str) -> bool:
    """Say whether a value of a condition is a pattern that does not name an organisation."""
    return glob.wild(value) and re.match(beginning, value) is None
