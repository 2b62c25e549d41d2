"""All policies that bear on a request, as documents and compiled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from hexward.iam.document import Document, members, read, text_of
from hexward.iam.errors import PolicyError
from hexward.iam.kms import KeyGrant, key_grant
from hexward.iam.parse import parse
from hexward.iam.policy import Layer, Shelf, shelf
from hexward.iam.public import is_public

type Documents = Sequence[Document]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The same policies, indexed; None where a kind of policy does not apply."""

    identity: Shelf
    resource: Shelf | None
    boundary: Shelf | None
    session: Shelf | None
    endpoint: Shelf | None
    scps: tuple[Shelf, ...]
    rcps: tuple[Shelf, ...]
    grants: tuple[tuple[KeyGrant, str], ...]
    lent: Shelf
    """What the grants may allow, as statements to search requests by."""
    closed_to_public: bool


@dataclass(frozen=True)
class Policies:
    """The policies that bear on a request; each document is JSON text or the structure it decodes to.

    `boundary`, `session` and `endpoint`: None if there is none; several count as one, and an empty tuple allows nothing.
    `scps` and `rcps`: levels from the root down, each of which must allow; no levels, none apply (hand in none for the
    management account and for service-linked roles). `resource`: the bucket, key, trust or other policy of the resource.
    `grants`: what KMS's ListGrants says of the key. `public_access_block`: the bucket's settings and the account's, joined.
    """

    identity: Documents = ()
    resource: Document | None = None
    boundary: Documents | None = None
    session: Document | Documents | None = None
    scps: Sequence[Documents] = ()
    rcps: Sequence[Documents] = ()
    endpoint: Documents | None = None
    grants: Documents = ()
    public_access_block: Mapping[str, object] | None = None

    @cached_property
    def compiled(self) -> Compiled:
        """Compile the documents once; raises PolicyError for one that is malformed."""
        return Compiled(
            identity=_shelf(self.identity, Layer.IDENTITY, "identity"),
            resource=None if self.resource is None else _own(text_of(self.resource)),
            boundary=_optional(self.boundary, Layer.BOUNDARY),
            session=_optional(self.session, Layer.SESSION),
            endpoint=_optional(self.endpoint, Layer.ENDPOINT),
            scps=_levels(self.scps, Layer.SCP),
            rcps=_levels(self.rcps, Layer.RCP),
            grants=_granted(texts := tuple(map(text_of, self.grants))),
            lent=_lent(texts),
            closed_to_public=_restricts(self.public_access_block)
            and self.resource is not None
            and is_public(parse(self.resource, Layer.RESOURCE)),
        )

    def speaks_of(self, action: str) -> bool:
        """Say whether an identity policy allows an action, in lower case, on anything at all; raises PolicyError."""
        return bool(self.compiled.identity.about(action)[1])


def _shelf(documents: Document | Documents, layer: Layer, name: str) -> Shelf:
    many = (documents,) if isinstance(documents, (str, Mapping)) else documents
    return _indexed(tuple(map(text_of, many)), layer, name)


@lru_cache(maxsize=2_048)
def _indexed(texts: tuple[str, ...], layer: Layer, name: str) -> Shelf:
    """Index documents that count as one; the same ones are indexed once, for many principals share them."""
    return shelf([(parse(one, layer), f"{name}[{at}]") for at, one in enumerate(texts)])


@lru_cache(maxsize=2_048)
def _own(source: str) -> Shelf:
    """Index the policy of a resource, which is asked about once for each of those who might be let in."""
    return shelf([(parse(source, Layer.RESOURCE), "resource")])


@lru_cache(maxsize=2_048)
def _granted(texts: tuple[str, ...]) -> tuple[tuple[KeyGrant, str], ...]:
    return tuple((key_grant(read(one), f"grants[{at}]"), f"grants[{at}]") for at, one in enumerate(texts))


@lru_cache(maxsize=2_048)
def _lent(texts: tuple[str, ...]) -> Shelf:
    return shelf([(one.policy(), place) for one, place in _granted(texts)])


def _optional(documents: Document | Documents | None, layer: Layer) -> Shelf | None:
    return None if documents is None else _shelf(documents, layer, layer.value)


def _levels(levels: Sequence[Documents], layer: Layer) -> tuple[Shelf, ...]:
    return tuple(_shelf(level, layer, f"{layer}s[{at}]") for at, level in enumerate(levels))


def _restricts(block: Mapping[str, object] | None) -> bool:
    """Read RestrictPublicBuckets, the one setting of four that changes what an existing bucket policy allows."""
    if block is None:
        return False
    found = members(dict(block), "public_access_block")
    found = members(found.get("PublicAccessBlockConfiguration", found), "public_access_block")
    value = found.get("RestrictPublicBuckets", False)
    if not isinstance(value, bool):
        raise PolicyError("public_access_block.RestrictPublicBuckets", f"is true or false, not {value!r}")
    return value
