"""KMS grants: permissions on a key that stand beside its key policy, and can allow but never deny.

https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hexward.iam.document import members, text, texts
from hexward.iam.errors import PolicyError
from hexward.iam.principal import Caller, Principals, principals
from hexward.iam.variables import Context

CONTEXT = "kms:encryptioncontext:"
WITH_CONTEXT = ("encrypt", "decrypt", "generatedatakey", "reencrypt")
"""Grant constraints bind the operations that take an encryption context.

https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
"""


@dataclass(frozen=True, slots=True)
class KeyGrant:
    """One grant, as KMS lists it; `exact` and `subset` are pairs that the request's encryption context must show."""

    name: str
    key: str | None
    grantee: Principals
    operations: frozenset[str]
    exact: Mapping[str, str] | None
    subset: Mapping[str, str]

    def permits(self, who: Caller, action: str, resource: str, context: Context) -> bool:
        """Say whether the grant lets a caller do an action, given in lower case."""
        if action not in self.operations or (self.key and not resource.endswith(self.key)):
            return False
        if action.partition(":")[2].startswith(WITH_CONTEXT) and not self._constrained(context):
            return False
        return self.grantee.grants(who) is not None

    def _constrained(self, context: Context) -> bool:
        found = {key.removeprefix(CONTEXT): value for key, value in context.items() if key.startswith(CONTEXT)}
        if self.exact is not None and found != {key.lower(): (value,) for key, value in self.exact.items()}:
            return False
        return all(found.get(key.lower()) == (value,) for key, value in self.subset.items())


def key_grant(document: object, place: str) -> KeyGrant:
    """Read one entry of what KMS's ListGrants returns; raises PolicyError with the place."""
    found = members(document, place)
    for name in ("GranteePrincipal", "Operations"):
        if name not in found:
            raise PolicyError(place, f"has no {name}")
    grantee = text(found["GranteePrincipal"], f"{place}.GranteePrincipal")
    kind = "AWS" if grantee.startswith("arn:") else "Service"
    constraints = members(found.get("Constraints") or {}, f"{place}.Constraints")
    exact = constraints.get("EncryptionContextEquals")
    key = found.get("KeyId")
    return KeyGrant(
        name=text(found["GrantId"], f"{place}.GrantId") if "GrantId" in found else "",
        key=None if key is None else text(key, f"{place}.KeyId"),
        grantee=principals(((kind, grantee),), f"{place}.GranteePrincipal", excluded=False),
        operations=frozenset(f"kms:{one.lower()}" for one in texts(found["Operations"], f"{place}.Operations")),
        exact=None if exact is None else _pairs(exact, f"{place}.Constraints.EncryptionContextEquals"),
        subset=_pairs(constraints.get("EncryptionContextSubset") or {}, f"{place}.Constraints.EncryptionContextSubset"),
    )


def _pairs(value: object, place: str) -> dict[str, str]:
    return {key: text(one, f"{place}.{key}") for key, one in members(value, place).items()}
