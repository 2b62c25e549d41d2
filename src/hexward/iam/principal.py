"""Who makes a request, and whom a policy's Principal or NotPrincipal element names.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from hexward.iam.doubt import Answer, Doubt
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.variables import Values

ANONYMOUS = "anonymous"
"""The principal of a request without credentials."""

type Name = tuple[str, ...]
"""A principal to compare with: its sort, then its account or provider, then its names; a role's path is left out."""

ACCOUNT = re.compile(r"\d{12}\Z", re.ASCII)
ACCOUNTS_OF_AWS = {None, "cloudfront"}
"""What stands for the account of an identity provider, and of CloudFront's origin access identities, in the ARN of a principal.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
"""
UNIQUE_ID = re.compile(r"A[A-Z]{3}[A-Z0-9]{12,}\Z", re.ASCII)
HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/\S*)?\Z", re.ASCII)
PROVIDERS = {"cognito-identity.amazonaws.com", "accounts.google.com", "graph.facebook.com", "www.amazon.com"}
SERVICE = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(\.cn)?\Z", re.ASCII)


class Sort(StrEnum):
    """The sorts of principal that can make a request."""

    ROOT = "root"
    USER = "user"
    ROLE = "role"
    SESSION = "session"
    FEDERATED = "federated"
    SERVICE = "service"
    PROVIDER = "provider"
    ANONYMOUS = "anonymous"


class Grant(StrEnum):
    """What it means that an Allow in a resource policy names a principal.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    """

    DIRECT = "direct"
    """To the very one who asks, or to everyone: nothing that is merely not allowed elsewhere takes it away."""
    LIMITED = "limited"
    """To the role or user behind a session: boundary and session policy must allow too."""
    ACCOUNT = "account"
    """To the account, which must pass it on by its own identity policies."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The one who makes a request; `names` leads from the very session to its account, `keys` follow from who it is."""

    sort: Sort
    account: str | None = None
    names: tuple[Name, ...] = ()
    keys: Mapping[str, Values] = field(default_factory=dict)

    @property
    def personal(self) -> bool:
        """Say whether identity policies, and what limits them, speak of this caller at all."""
        return self.account is not None


@lru_cache(maxsize=65_536)
def caller(principal: str) -> Caller:
    """Read a request's principal; raises RequestError if it is none that can make a request."""
    if principal == ANONYMOUS:
        return Caller(Sort.ANONYMOUS, keys={"aws:principaltype": ("Anonymous",), "aws:userid": ("anonymous",)})
    if SERVICE.match(principal) and principal not in PROVIDERS:
        return Caller(Sort.SERVICE, names=(("service", principal),))
    known = _of_arn(principal)
    if known is None and HOST.match(principal):
        known = Caller(Sort.PROVIDER, names=(("provider", principal),))
    if known is None or "*" in principal:
        raise RequestError(f"{principal!r} is no principal that can make a request")
    return known


def _of_arn(principal: str) -> Caller | None:
    """Return who an ARN names, or None if it is not the ARN of a principal."""
    arn, *rest = principal.split(":", 5)
    if arn != "arn" or len(rest) != 5:  # noqa: PLR2004  (an ARN has six fields)
        return None
    partition, service, _, account, resource = rest
    if service == "iam":
        return _of_iam(principal, account, resource)
    return _of_sts(principal, partition, account, resource) if service == "sts" else None


def _of_iam(principal: str, account: str, resource: str) -> Caller | None:
    kind, _, rest = resource.partition("/")
    name = rest.rpartition("/")[2]
    owner = ("account", account)
    if resource == "root":
        return Caller(Sort.ROOT, account, (owner,), _keys(principal, account, "Account", account))
    if kind == "user" and name:
        keys = _keys(principal, account, "User", Doubt(f"aws:userid of {principal}"))
        return Caller(Sort.USER, account, (("user", account, name), owner), {**keys, "aws:username": (name,)})
    if kind == "role" and name:
        keys = _keys(principal, account, "AssumedRole", Doubt(f"aws:userid of a session of {principal}"))
        return Caller(Sort.ROLE, account, (("role", account, name), owner), keys)
    if kind == "saml-provider" and rest:
        return Caller(Sort.PROVIDER, names=(("provider", principal),))
    return Caller(Sort.PROVIDER, names=(("provider", rest),)) if kind == "oidc-provider" and rest else None


def _of_sts(principal: str, partition: str, account: str, resource: str) -> Caller | None:
    kind, _, rest = resource.partition("/")
    role, _, session = rest.partition("/")
    owner = ("account", account)
    if kind == "assumed-role" and role and session:
        names: tuple[Name, ...] = (("session", account, role, session), ("role", account, role), owner)
        assumed = f"arn:{partition}:iam::{account}:role/{role}"
        return Caller(
            Sort.SESSION, account, names, _keys(assumed, account, "AssumedRole", Doubt(f"aws:userid of {principal}"))
        )
    if kind == "federated-user" and rest:
        # Whoever federates chooses the name, so that it tells of no user; what is granted to a user by its ARN is not the session's.
        # https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
        names = (("federated", account, rest), owner)
        return Caller(Sort.FEDERATED, account, names, _keys(principal, account, "FederatedUser", f"{account}:{rest}"))
    return None


def _keys(principal: str, account: str, kind: str, userid: str | Doubt) -> dict[str, Values]:
    """Return what AWS's table of principals says of one.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    return {
        "aws:principalarn": (principal,),
        "aws:principalaccount": (account,),
        "aws:principaltype": (kind,),
        "aws:userid": userid if isinstance(userid, Doubt) else (userid,),
    }


FEDERATING = Doubt("whether a Deny means the federated user by the user who federated it")
"""The ARN of a federated user does not tell which user that is.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html
"""


@dataclass(frozen=True, slots=True)
class Principals:
    """A compiled Principal or NotPrincipal element."""

    written: tuple[tuple[str, str], ...]
    excluded: bool
    everyone: bool
    names: frozenset[Name]
    canonical: bool

    def denies(self, who: Caller, *, bounded: bool) -> Answer:
        """Say whether a Deny strikes the caller; `bounded` says whether a permissions boundary is attached to it.

        NotPrincipal spares a caller only if its account, its role and its session are all listed, and never one with a
        boundary. What it, or Principal, says of a user may hold for those whom that user federated. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
        """
        if not self.excluded:
            if self.everyone or not self.names.isdisjoint(who.names):
                return True
            if who.sort is Sort.FEDERATED and any(name[:2] == (Sort.USER, who.account) for name in self.names):
                return FEDERATING
        elif self.everyone:
            return False
        elif bounded or not (who.names and self.names.issuperset(who.names)):
            return True if bounded or not self.canonical else Doubt("a CanonicalUser as NotPrincipal")
        else:
            return FEDERATING if who.sort is Sort.FEDERATED else False
        return Doubt("a CanonicalUser as Principal") if self.canonical else False

    def grants(self, who: Caller) -> Grant | Doubt | None:
        """Return what an Allow means for the caller, or None if it does not mean the caller."""
        if self.excluded:
            return Doubt("NotPrincipal with Allow")
        if self.everyone:
            return Grant.DIRECT
        for at, name in enumerate(who.names):
            if name in self.names:
                if at == 0 and who.sort is not Sort.ROLE:
                    return Grant.DIRECT
                return Grant.ACCOUNT if name[0] == "account" else Grant.LIMITED
        return Doubt("a CanonicalUser as Principal") if self.canonical else None


EVERY_AWS = ("AWS", "*")
"""Only as this, or by itself, may `*` be a principal.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""
EVERYONE = Principals((EVERY_AWS,), excluded=False, everyone=True, names=frozenset(), canonical=False)


def principals(entries: tuple[tuple[str, str], ...], place: str, *, excluded: bool) -> Principals:
    """Compile pairs of a type (`AWS`, `Service`, `Federated`, `CanonicalUser`) and a value; raises PolicyError."""
    one_by_one = (entry for entry in entries if entry != EVERY_AWS and entry[0] != "CanonicalUser")
    names = {_name(kind, value, place) for kind, value in one_by_one}
    return Principals(
        written=entries,
        excluded=excluded,
        everyone=EVERY_AWS in entries,
        names=frozenset(names),
        canonical=any(kind == "CanonicalUser" for kind, _ in entries),
    )


def _name(kind: str, value: str, place: str) -> Name:
    if "*" in value or "?" in value or not value:
        raise PolicyError(place, f"{value!r} cannot stand for several principals")
    if kind == "Service":
        return ("service", value)
    if kind == "Federated":
        return ("provider", value.partition(":oidc-provider/")[2] or value)
    if ACCOUNT.match(value):
        return ("account", value)
    if UNIQUE_ID.match(value):
        # AWS shows the unique id of a user or role that was deleted: it names nobody who can make a request.
        return ("deleted", value)
    known = _of_arn(value)
    if known is None:
        raise PolicyError(place, f"{value!r} is not a principal")
    if known.account not in ACCOUNTS_OF_AWS and not ACCOUNT.match(known.account or ""):
        raise PolicyError(place, f"{value!r} has no account of 12 digits")
    return known.names[0]
