"""Who called, as the `userIdentity` of CloudTrail's records tells: sessions act many times, each time with the same, read once."""

from collections.abc import Container

import msgspec

from hexward.events.unpack import fast
from hexward.events.values import LONGEST
from hexward.events.who import Who, who_of

MOST_CALLERS = 20_000
"""How many are remembered, each with some 1.5 kB."""


checksum = fast.adler32
"""Tells most callers apart at once. It is soon made and proves nothing: whoever looks one up by it compares."""
ABSENT = msgspec.Raw()
"""Stands for a member that a record has not."""


class _Issuer(msgspec.Struct, gc=False):
    arn: str | None = None


class _Session(msgspec.Struct, gc=False):
    sessionIssuer: _Issuer | None = None  # noqa: N815  (CloudTrail's own spelling)
    ec2RoleDelivery: str | None = None  # noqa: N815


class _Scope(msgspec.Struct, gc=False):
    issuerType: str | None = None  # noqa: N815


class Identity(msgspec.Struct, gc=False):
    """What of a `userIdentity` rules may ask for, or tells who acted."""

    type: str | None = None
    arn: str | None = None
    principalId: str | None = None  # noqa: N815
    accountId: str | None = None  # noqa: N815
    accessKeyId: str | None = None  # noqa: N815
    userName: str | None = None  # noqa: N815
    invokedBy: str | None = None  # noqa: N815
    sessionContext: _Session | None = None  # noqa: N815
    inScopeOf: _Scope | None = None  # noqa: N815

    def members(self) -> dict[str, object]:
        """Return it as the whole record has it, as far as it goes."""
        return {
            **{name: getattr(self, name) for name in MEMBERS},
            "sessionContext": self._context(),
            "inScopeOf": {"issuerType": self.inScopeOf.issuerType} if self.inScopeOf is not None else None,
        }

    def _context(self) -> dict[str, object] | None:
        session = self.sessionContext
        if session is None:
            return None
        issuer = {"arn": session.sessionIssuer.arn} if session.sessionIssuer is not None else None
        return {"sessionIssuer": issuer, "ec2RoleDelivery": session.ec2RoleDelivery}


MEMBERS = ("type", "arn", "principalId", "accountId", "accessKeyId", "userName", "invokedBy")
"""The members of a `userIdentity` that are texts."""
IDENTITY = msgspec.json.Decoder(Identity | None)
NOBODY = Identity()


class Like(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Stands for all callers who agree in who acted, in their account, and in their key as far as that is told apart."""


class Caller(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One caller. `raw` is the `userIdentity` as it stands in records."""

    raw: msgspec.Raw
    identity: Identity
    by: Who
    like: Like


class Callers:
    """Reads callers, each once while it is remembered."""

    def __init__(self, keys: Container[str]) -> None:
        """Tell these keys apart from all others; others are told apart by their kind."""
        self._keys = keys
        self.known: dict[int | tuple[int, str], Caller] = {}
        """Those who are remembered, by the checksum of their `userIdentity`, and by `sessionCredentialFromConsole` where they have it."""
        self._like: dict[tuple[Who, bool, str, str | None], Like] = {}

    def of(self, raw: msgspec.Raw, console: str | None, address: str | None) -> Caller:
        """Tell who acted, as `who` does of the whole record. Raises what `split.NOT_JSON` names for one that only the whole record tells.

        `raw` is the record's `userIdentity`, `console` its `sessionCredentialFromConsole`, `address` its `sourceIPAddress`.
        """
        own = checksum(raw)
        key = own if console is None else (own, console)
        found = self.known.get(key)
        if found is not None and found.raw == raw:
            return found
        if memoryview(raw).nbytes + len(console or "") + len(address or "") > LONGEST:
            raise ValueError("too long to be remembered")
        identity = (IDENTITY.decode(raw) if raw != ABSENT else None) or NOBODY
        found = self._read(raw, identity, console, address)
        # One who has no name is named for the address.
        if identity.arn or identity.userName or identity.principalId or identity.accountId:
            if len(self.known) >= MOST_CALLERS:
                self.known.clear()
            self.known[key] = found
        return found

    def _read(self, raw: msgspec.Raw, identity: Identity, console: str | None, address: str | None) -> Caller:
        context, scope = identity.sessionContext, identity.inScopeOf
        issued_to: str | None = None
        if context is not None and context.ec2RoleDelivery is not None:
            issued_to = "AWS::EC2::Instance"
        elif scope is not None:
            issued_to = scope.issuerType
        by = who_of(
            identity.type,
            identity.arn or "",
            identity.invokedBy,
            context.sessionIssuer.arn if context is not None and context.sessionIssuer is not None else None,
            issued_to,
            console,
            None if identity.arn else identity.userName or identity.principalId or identity.accountId,
            None if identity.arn else address,
        )
        key = identity.accessKeyId or ""
        is_known = key in self._keys
        alike = by, is_known, key if is_known else key[:4], identity.accountId
        like = self._like.get(alike)
        if like is None:
            if len(self._like) >= MOST_CALLERS:
                self._like.clear()
            like = self._like[alike] = Like()
        return Caller(raw.copy(), identity, by, like)
