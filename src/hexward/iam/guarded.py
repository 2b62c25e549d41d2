"""What a question about one resource depends on: its policy, its owner, its key, and the other ways to what it holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from hexward.iam import arn, glob
from hexward.iam.effective import Question
from hexward.iam.errors import PolicyError
from hexward.iam.lock import Lent, lent, lock_of
from hexward.iam.parse import parse
from hexward.iam.policies import Policies
from hexward.iam.policy import Layer
from hexward.iam.principal import Name
from hexward.iam.unread import SERVICES, has_own_policy
from hexward.inventory import Bucket, DataSource, Function, Inventory, Key, KnowledgeBase, NotCollected, Role
from hexward.inventory.s3 import blocks, bucket_of, key_of_bucket
from hexward.model import Gap, Reason

CONTENT = frozenset(
    f"s3:getobject{name}" for name in ("", "version", "torrent", "versiontorrent", "versionforreplication")
)
"""Actions that hand out what an object holds, in lower case."""
RETRIEVE = ("bedrock:Retrieve",)
QUALIFIER = 7
"""Where the ARN of a function has the name of a version or an alias, if it has one."""
ROLES = "arn:*:iam::*:role/*"


class Levels(Protocol):
    """The control policies of an organisation, None where they were not looked at."""

    @property
    def scps(self) -> Sequence[object] | None: ...  # noqa: D102
    @property
    def rcps(self) -> Sequence[object] | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Guarded:
    """A question with all that guards its resource, or opens it.

    `shut` is the block on public access, `shut_known` whether that was read; `lent` are the grants on it, where it is a key. `unread`
    names a policy of the resource itself that was not read, without which nothing is proved; `apart` one that a proof leaves out.
    """

    question: Question
    account: str
    policy: str | None
    key: "Guarded | None" = None
    shut: Mapping[str, object] | None = None
    shut_known: bool = True
    lent: Lent = field(default_factory=Lent)
    unread: str = ""
    apart: str = ""

    def names(self) -> frozenset[Name]:
        """Return the principals that the resource's policy, the grants on it, and its key's name."""
        out: frozenset[Name] = self.key.names() if self.key is not None else frozenset()
        try:
            statements = parse(self.policy, Layer.RESOURCE).statements if self.policy is not None else ()
            grants = Policies(grants=(*self.lent.sure, *self.lent.maybe)).compiled.grants
        except PolicyError:
            statements, grants = (), ()
        named = (one.principals.names for one in statements if one.principals is not None)
        return out.union(*named, *(one.grantee.names for one, _ in grants))


def guarded(question: Question, inventory: Inventory) -> tuple[Guarded, ...]:
    """Return what a question is about, and what leads to the same content. Raises NotCollected for what was not seen."""
    service = question.resource.split(":")[2] if question.resource.count(":") > 4 else ""  # noqa: PLR2004
    if service == "s3":
        return tuple(_bucket(question, inventory))
    if service == "kms":
        key = _found(inventory.find(Key, question.resource), question.resource)
        return (Guarded(question, key.account, key.policy, lent=lent(key)),)
    if service == "lambda":
        return tuple(_function(question, inventory))
    if service == "iam":
        return tuple(_roles(question, inventory))
    if service not in SERVICES:
        raise NotCollected(
            question.resource, Gap(Reason.UNSUPPORTED, f"policies of resources of {service or 'no service'}")
        )
    unread = (
        f"the policy of {question.resource} itself, which was not collected"
        if has_own_policy(question.resource)
        else ""
    )
    return (Guarded(question, inventory.account, None, unread=unread),)


def _function(question: Question, inventory: Inventory) -> Iterator[Guarded]:
    """Yield a function, and its versions and aliases, each of which has a policy of its own.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html#versioning-permissions
    """
    parts = question.resource.split(":")
    name, qualified = ":".join(parts[:QUALIFIER]), parts[QUALIFIER:]
    function = _found(inventory.find(Function, name), question.resource)
    if not qualified:
        yield Guarded(question, function.account, function.policy)
    every = question if qualified else replace(question, resource=f"{name}:*")
    apart = f"the policies of the versions and aliases of {name}, which were not collected and could let others in"
    yield Guarded(every, function.account, None, apart=apart)


def _roles(question: Question, inventory: Inventory) -> Iterator[Guarded]:
    """Yield each role that can be taken, with its trust policy; and what else is asked of IAM, whose resources have no policies."""
    pattern = glob.from_policy(question.resource)
    takes = tuple(one for one in question.actions if glob.matcher(one.lower().partition(":")[0])("sts"))
    if arn.intersect(pattern, ROLES) is False:
        takes = ()
    rest = tuple(one for one in question.actions if one not in takes or not one.lower().startswith("sts:"))
    if rest:
        yield Guarded(replace(question, actions=rest), inventory.account, None)
    for role in _taken(pattern, inventory) if takes else ():
        yield Guarded(Question(takes, role.arn), role.account, role.trust)


def _taken(pattern: str, inventory: Inventory) -> Iterator[Role]:
    """Yield the roles that a pattern means. Raises NotCollected if there may be others."""
    if not glob.wild(pattern):
        yield _found(inventory.find(Role, pattern), pattern)
        return
    if arn.fields(pattern)[4] != inventory.account:
        raise NotCollected(pattern, Gap(Reason.UNSUPPORTED, "trust policies of roles of other accounts"))
    roles = inventory.of(Role)
    for gap in roles.gaps:
        raise gap
    yield from (one for one in roles.records if arn.pattern(pattern).matches(one.arn, arn.fields(one.arn)))


def _found[T](one: T | None, name: str) -> T:
    if one is None:
        raise NotCollected(name, Gap(Reason.NOT_COLLECTED, "it was not seen", resource=name))
    return one


def _bucket(question: Question, inventory: Inventory) -> Iterator[Guarded]:
    name = bucket_of(question.resource) or ""
    bucket = _found(next(iter(inventory.by(Bucket, "name", name)), None), question.resource)
    reads = any(one.lower() in CONTENT or "*" in one for one in question.actions)
    key = key_of_bucket(inventory, bucket) if reads else None
    guard = None
    if key is not None:
        lock = lock_of(key)
        guard = Guarded(Question(("kms:Decrypt",), key.arn), key.account, lock.policy, lent=lock.lent)
    try:
        shut, known = {"RestrictPublicBuckets": blocks(inventory, bucket, "restrict_public_buckets")}, True
    except NotCollected:
        shut, known = {}, False
    yield Guarded(question, bucket.account, bucket.policy, guard, shut, known)
    if reads:
        yield from _knowledge(bucket, inventory)


def _knowledge(bucket: Bucket, inventory: Inventory) -> Iterator[Guarded]:
    """Yield the knowledge bases that are fed from a bucket: whoever may ask them reads it without a right on the bucket.

    A managed one, which alone can have a policy of its own, is fed by connectors that AWS does not describe.
    https://docs.aws.amazon.com/bedrock/latest/userguide/kb-managed-cross-account.html
    """
    fed = set()
    for source in inventory.of(DataSource):
        configuration = source.described
        if configuration.s3_configuration is not None and configuration.s3_configuration.bucket_arn == bucket.arn:
            fed.add((source.region, source.knowledge_base_id))
    for base in inventory.of(KnowledgeBase):
        if (base.region, base.id) in fed:
            yield Guarded(Question(RETRIEVE, base.arn), base.account, None)


def assumptions(places: Sequence[Guarded], limits: Levels) -> tuple[str, ...]:
    """Name what no question of ours looks at, and what would have to be looked at elsewhere."""
    out = []
    services = {one.question.resource.split(":")[2] for one in places}
    if "s3" in services:
        out += ["access control lists, access points and presigned addresses that are out already"]
    if any(one.key is not None for one in places):
        out += ["objects under another key than the bucket's own"]
    out += ["that nobody changes policies, or takes on another role"]
    out += [one.apart for one in places if one.apart]
    if limits.scps is None:
        out += ["service control policies, which could only forbid more"]
    if limits.rcps is None:
        out += ["resource control policies, which could only forbid more"]
    return tuple(out)
