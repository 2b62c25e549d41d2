"""KMS grants: permissions on a key that stand beside its key policy, and can allow but never deny.

https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hexward.iam.document import members, text, texts
from hexward.iam.doubt import Answer, Doubt, all_of
from hexward.iam.errors import PolicyError
from hexward.iam.parse import parse
from hexward.iam.policy import Layer, Policy
from hexward.iam.principal import ACCOUNT, UNIQUE_ID, Caller, Principals, principals
from hexward.iam.variables import Context

CONTEXT = "kms:encryptioncontext:"
SOURCE = "aws:sourcearn"
WITH_CONTEXT = ("encrypt", "decrypt", "generatedatakey", "reencrypt")
"""Grant constraints bind the operations that take an encryption context.

https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
"""


@dataclass(frozen=True, slots=True)
class KeyGrant:
    """One grant, as KMS lists it; `exact` and `subset` are pairs that the request's encryption context must show.

    `source` is the ARN on behalf of which AWS must make the request.
    """

    name: str
    key: str | None
    grantee: Principals
    operations: frozenset[str]
    exact: Mapping[str, str] | None
    subset: Mapping[str, str]
    source: str | None

    def permits(self, who: Caller, action: str, resource: str, context: Context) -> Answer:
        """Say whether the grant lets a caller do an action, given in lower case."""
        if action not in self.operations or (self.key and not resource.endswith(self.key)):
            return False
        if self.grantee.grants(who) is None:
            return False
        bound = takes_context(action)
        return all_of((self._constrained(context) if bound else True, self._for_source(action, context)))

    def _constrained(self, context: Context) -> Answer:
        found = {key.removeprefix(CONTEXT): value for key, value in context.items() if key.startswith(CONTEXT)}
        wanted = {key.lower(): value for key, value in {**(self.exact or {}), **self.subset}.items()}
        if self.exact is not None and any(key not in wanted and isinstance(found[key], tuple) for key in found):
            return False
        told = [_is(found.get(key), value) for key, value in wanted.items()]
        # A pair of which it is not known whether it is there may be one too many.
        extra = [found[key] for key in found if self.exact is not None and key not in wanted]
        return all_of((*told, *(one for one in extra if isinstance(one, Doubt))))

    def _for_source(self, action: str, context: Context) -> Answer:
        if self.source is None or action == "kms:retiregrant":
            return True
        return _is(context.get(SOURCE), self.source)

    def policy(self) -> Policy:
        """Return Allow statements that let through whatever the grant may, to search requests by; `permits` has the last word.

        Conditions that no policy can hold are left out.
        """
        kinds: dict[str, list[str]] = {}
        for kind, name in self.grantee.written:
            kinds.setdefault(kind, []).append(name)
        who: object = "*" if self.grantee.everyone else kinds
        statements = [
            {"Effect": "Allow", "Principal": who, "Action": action, "Condition": {"StringEquals": self._pairs(action)}}
            for action in sorted(self.operations)
        ]
        try:
            return parse({"Statement": statements}, Layer.RESOURCE)
        except PolicyError:
            return parse({"Statement": [{**one, "Condition": {}} for one in statements]}, Layer.RESOURCE)

    def _pairs(self, action: str) -> dict[str, str]:
        context = {**(self.exact or {}), **self.subset} if takes_context(action) else {}
        pairs = {f"{CONTEXT}{key.lower()}": value for key, value in context.items()}
        return pairs if self.source is None or action == "kms:retiregrant" else {**pairs, SOURCE: self.source}


def takes_context(action: str) -> bool:
    """Say whether an action takes an encryption context, which a grant's constraints bind."""
    return action.lower().partition(":")[2].startswith(WITH_CONTEXT)


def _is(found: tuple[str, ...] | Doubt | None, value: str) -> Answer:
    return found if isinstance(found, Doubt) else found == (value,)


def key_grant(document: object, place: str) -> KeyGrant:
    """Read one entry of what KMS's ListGrants returns; raises PolicyError with the place."""
    found = members(document, place)
    if "Operations" not in found:
        raise PolicyError(place, "has no Operations")
    constraints = members(found.get("Constraints") or {}, f"{place}.Constraints")
    exact = constraints.get("EncryptionContextEquals") or None
    key, source = found.get("KeyId"), constraints.get("SourceArn")
    return KeyGrant(
        name=text(found["GrantId"], f"{place}.GrantId") if "GrantId" in found else "",
        key=None if key is None else text(key, f"{place}.KeyId"),
        grantee=principals(tuple(_grantees(found, place)), f"{place}.GranteePrincipal", excluded=False),
        operations=frozenset(f"kms:{one.lower()}" for one in texts(found["Operations"], f"{place}.Operations")),
        exact=None if exact is None else _pairs(exact, f"{place}.Constraints.EncryptionContextEquals"),
        subset=_pairs(constraints.get("EncryptionContextSubset") or {}, f"{place}.Constraints.EncryptionContextSubset"),
        source=None if source is None else text(source, f"{place}.Constraints.SourceArn"),
    )


def _grantees(found: Mapping[str, object], place: str) -> Iterator[tuple[str, str]]:
    """Yield who holds the grant: a principal's ARN, the unique id of one that was deleted, or an AWS service, under either name."""
    for name in ("GranteePrincipal", "GranteeServicePrincipal"):
        if found.get(name) is not None:
            grantee = text(found[name], f"{place}.{name}")
            personal = grantee.startswith(("arn:", "*")) or ACCOUNT.match(grantee) or UNIQUE_ID.match(grantee)
            yield ("AWS" if personal else "Service"), grantee
            return
    raise PolicyError(place, "has no GranteePrincipal")


def _pairs(value: object, place: str) -> dict[str, str]:
    return {key: text(one, f"{place}.{key}") for key, one in members(value, place).items()}
