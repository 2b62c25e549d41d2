"""Providers of identities whom a role's trust policy lets in for anyone: by web identity or by SAML.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hexward.iam import glob
from hexward.iam.outsiders import STRANGER, compiled
from hexward.iam.paths.account import WEB_IDENTITY
from hexward.iam.policy import Policy
from hexward.iam.principals import partition_of
from hexward.inventory import Role

TOKEN, SIGN_IN = BY_PROVIDER = ("web identity", "saml")
"""Rights of whoever a provider speaks for."""

OIDC, SAML = ":oidc-provider/", ":saml-provider/"

GUEST: Mapping[str, object] = {**dict.fromkeys(STRANGER), "aws:principalisawsservice": False}
"""What a request holds that bears a provider's token and no signature: nothing that tells of an account or a network."""

CHOSEN = frozenset({"amr", "aud"})
"""Claims that a guest of a provider of the account's own has as asked: IAM itself compares the audience with the provider's list."""

OF_POOL = frozenset({"amr"})
"""The same for the providers that IAM knows without being told: each application, of whomever, has an audience of its own."""

TENANTS = 2
"""How many colons stand before the first wildcard of a subject that names a tenant, as in `organization:acme:*`."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as a trust policy names it: its principal, the call by which guests take the role, and what their requests may hold."""

    entry: str
    principal: str
    word: str
    call: str
    guests: tuple[Mapping[str, object], ...]


def providers(role: Role) -> Iterator[Provider]:
    """Yield each provider that a trust policy allows something, with guests that it has never heard of.

    Raises NotCollected for a malformed policy.
    """
    policy = compiled(role, role.trust)
    for entry in _named(policy):
        if SAML in entry:
            # The provider is the account's own, and says itself who may take which role.
            yield Provider(entry, entry, SIGN_IN, "sts:AssumeRoleWithSAML", (GUEST,))
        else:
            host = entry.partition(OIDC)[2] or entry
            guests = tuple(_guests(policy, host, CHOSEN if OIDC in entry else OF_POOL))
            yield Provider(entry, _principal(role, entry), TOKEN, "sts:AssumeRoleWithWebIdentity", guests)


def _named(policy: Policy) -> dict[str, None]:
    """Return the providers that are allowed something; whoever lets in everyone lets in those that come without an account."""
    allowing = [one.principals for one in policy.statements if one.allow and one.principals is not None]
    named = [value for one in allowing if not one.excluded for kind, value in one.written if kind == "Federated"]
    anyone = [WEB_IDENTITY] if any(one.everyone for one in allowing) else []
    return dict.fromkeys([*(value for value in named if value != "*"), *anyone])


def _principal(role: Role, entry: str) -> str:
    """Return the principal of a provider's request; IAM names its own providers by their host alone."""
    return entry if OIDC in entry or "/" not in entry else f"arn:{partition_of(role)}:iam::{role.account}{OIDC}{entry}"


def _guests(policy: Policy, host: str, chosen: frozenset[str]) -> Iterator[Mapping[str, object]]:
    """Yield what guests may hold: claims that are strange to every policy, and those that a pattern of any tenant's takes."""
    prefix = f"{host.lower()}:"
    conditions = [one for statement in policy.statements for one in statement.conditions]
    asked = {one.key for one in conditions if one.key.startswith(prefix)}
    strange = {key: "a-stranger" for key in asked if key.removeprefix(prefix) not in chosen}
    yield {**GUEST, **strange}
    for one in conditions:
        for pattern in one.values if one.key in strange else ():
            if _of_any_tenant(pattern):
                yield {**GUEST, **strange, one.key: pattern.replace("*", "x").replace("?", "x")}


def _of_any_tenant(pattern: str) -> bool:
    """Say whether strangers have a claim that a pattern takes: in `repo:acme/*` they do not, in `repo:acme*` they do."""
    head = pattern.replace("?", "*").partition("*")[0]
    return glob.wild(pattern) and "/" not in head and head.count(":") < TENANTS
