"""First steps from outside: other accounts, providers of identities and everyone, by trust policies, bucket policies and public entries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hexward.iam.decide import decide
from hexward.iam.doubt import Answer, Doubt, all_of, any_of
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.limits import asked_by, keys_of
from hexward.iam.lock import id_of, lock_of
from hexward.iam.outsiders import ANYTHING, STRANGER, strangers
from hexward.iam.paths.account import AccountView, Way
from hexward.iam.paths.effective import answer_of
from hexward.iam.paths.jewels import DECRYPT, LENT, READ, Sort, Treasure
from hexward.iam.paths.providers import providers
from hexward.iam.policies import Policies
from hexward.iam.request import Request
from hexward.iam.rights import FOLLOWS, OPEN
from hexward.iam.trust import ASSUME
from hexward.inventory import Bucket, NotCollected, Role
from hexward.inventory.s3 import blocks, key_of_bucket

EVERYONE = "*"
"""Everyone, as policies write it."""

ENTRY = "public entry"
"""The right to call what asks for no credentials."""

UNCOLLECTED = Doubt("policies of SageMaker endpoints and of AgentCore's runtimes and memories are not collected")
"""They may let in other accounts.

https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html and
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_PutEndpointPolicy.html
"""

ALONE = (["sagemaker"], ["bedrock-agentcore"])
"""The services of goals that have such a policy."""

FROM_ANYWHERE: Mapping[str, object] = {"aws:sourceip": "198.51.100.7", "aws:vpcsourceip": None}
"""Whence everyone's requests come; whoever is named may well come from the address that a policy asks for."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Someone outside, who makes requests: a principal, and what they hold."""

    arn: str
    told: Mapping[str, object]

    def may(self, view: AccountView, action: str, resource: str, policies: Policies) -> Answer:
        """Say whether they may do something to a resource of the account; keys that conditions ask for and `told` lacks are open."""
        try:
            own = policies.resource
            asked = asked_by(view.limits.rcps) | (keys_of(own) if isinstance(own, str) else frozenset())
            context = {key: self.told.get(key, OPEN) for key in asked - FOLLOWS}
            return answer_of(decide(Request(self.arn, action, resource, view.number, context), policies))[0]
        except (PolicyError, RequestError) as problem:
            return Doubt(" ".join(str(problem).split())[:200])


def from_outside(view: AccountView, treasures: Iterable[Treasure]) -> Iterator[tuple[str, str, Way]]:
    """Yield who stands outside, the ARN of what it reaches in one step, and the way.

    What the others' own account permits them is not known, and is taken to allow it. A policy that was not read, or that cannot be,
    may let in anyone.
    """
    for role in view.roles.values():
        for entry, word, answer in _takers(view, role):
            yield from _step(entry, role.arn, (word,), answer)
    yield from _unseen(view)
    for treasure in treasures:
        if treasure.goal.sort is Sort.ENTRY:
            yield from _step(EVERYONE, treasure.goal.arn, (ENTRY,), answer=True)
        elif treasure.goal.arn.split(":")[2:3] in ALONE:
            yield from _step(EVERYONE, treasure.goal.arn, ("own policy",), UNCOLLECTED)
        elif treasure.bucket is not None:
            for entry, answer, grant in _readers(view, treasure.bucket):
                words = ("bucket policy", LENT) if grant else ("bucket policy",)
                yield from _step(entry, treasure.goal.arn, words, answer, grant)


def _unseen(view: AccountView) -> Iterator[tuple[str, str, Way]]:
    """Yield, in doubt, the roles of what runs commands for whomever its own policy lets in: hosted agents."""
    for runtime in view.things.found.get("runtime", ()):
        way = Way(("own policy",), runtime.arn, doubt=UNCOLLECTED.construct)
        yield from ((EVERYONE, role, way) for role in runtime.roles if role in view.roles)


def _step(
    source: str, target: str, words: tuple[str, ...], answer: Answer, through: str = ""
) -> Iterator[tuple[str, str, Way]]:
    if answer is not False:
        yield source, target, Way(words, through or target, doubt=answer.construct if isinstance(answer, Doubt) else "")


def _someone(entry: str, arn: str, region: str = "") -> Stranger:
    """Return who an entry of a policy means, whose call is direct but for those that S3 makes in a region."""
    anywhere = FROM_ANYWHERE if entry == EVERYONE else {}
    via = {"kms:viaservice": f"s3.{region}.amazonaws.com", "aws:requestedregion": region} if region else {}
    own = {"kms:calleraccount": arn.split(":")[4], "aws:securetransport": True, "aws:sourcearn": None}
    return Stranger(arn, {**STRANGER, **anywhere, **via, **own})


def lets_in(view: AccountView, owner: Role | Bucket, policy: str, entries: Iterable[str]) -> bool:
    """Say whether a policy, in the place of a role's or a bucket's own, may let in one of those that entries of its own mean.

    Raises NotCollected where its own was not read or cannot be.
    """
    own = owner.trust if isinstance(owner, Role) else owner.policy or ""
    wanted = set(entries)
    meant = (_someone(entry, arn) for entry, arn in strangers(owner, own) if entry in wanted)
    return any(_enters(view, owner, policy, who) is not False for who in meant)


def _enters(view: AccountView, owner: Role | Bucket, policy: str, who: Stranger) -> Answer:
    if isinstance(owner, Bucket):
        return _read(view, owner, policy, who)
    return who.may(view, ASSUME, owner.arn, Policies((ANYTHING,), policy, rcps=view.limits.rcps))


def _takers(view: AccountView, role: Role) -> Iterator[tuple[str, str, Answer]]:
    """Yield who may take a role from outside, by which sort of trust, and whether that is sure."""
    try:
        for entry, arn in strangers(role, role.trust):
            yield entry, "external trust", _enters(view, role, role.trust, _someone(entry, arn))
        policies = Policies((ANYTHING,), role.trust, rcps=view.limits.rcps)
        for one in providers(role):
            guests = (Stranger(one.principal, told) for told in one.guests)
            yield one.entry, one.word, any_of(who.may(view, one.call, role.arn, policies) for who in guests)
    except NotCollected as missing:
        yield EVERYONE, "external trust", Doubt(str(missing))


def _readers(view: AccountView, bucket: Bucket) -> Iterator[tuple[str, Answer, str]]:
    """Yield each account or ARN of another account, and `*`, whom a bucket's policy and its key may let read objects.

    With each goes the grant by which alone the key does, if it is one.
    """
    try:
        if bucket.policy is None:
            return
        for entry, arn in strangers(bucket, bucket.policy):
            who = _someone(entry, arn, bucket.region)
            reads = _read(view, bucket, bucket.policy, who)
            opens, grant = (False, "") if reads is False else _opens(view, bucket, who)
            yield entry, all_of((reads, opens)), grant
    except NotCollected as missing:
        yield EVERYONE, Doubt(str(missing)), ""


def _read(view: AccountView, bucket: Bucket, policy: str, who: Stranger) -> Answer:
    """Say whether a stranger gets objects, whose bucket S3 may close to all but its own account where its policy is public.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """

    def under(*, closed: bool) -> Answer:
        block = {"RestrictPublicBuckets": closed}
        policies = Policies((ANYTHING,), policy, rcps=view.limits.rcps, public_access_block=block)
        return any_of(who.may(view, action, f"{bucket.arn}/*", policies) for action in READ)

    try:
        return under(closed=blocks(view.inventory, bucket, "restrict_public_buckets"))
    except NotCollected as missing:
        perhaps, surely = under(closed=False), under(closed=True)
        return perhaps if perhaps == surely else Doubt(str(missing))


def _opens(view: AccountView, bucket: Bucket, who: Stranger) -> tuple[Answer, str]:
    """Say whether a stranger decrypts with the bucket's key, and by which grant, if by one alone.

    It is in doubt by a grant that was not read, or that is bound to an encryption context.
    """
    try:
        key = key_of_bucket(view.inventory, bucket)
        lock = None if key is None else lock_of(key)
    except NotCollected as missing:
        return Doubt(str(missing)), ""
    if lock is None:
        return True, ""

    def by(*grants: str) -> Answer:
        policies = Policies((ANYTHING,), lock.policy, rcps=view.limits.rcps, grants=grants)
        return who.may(view, DECRYPT, lock.arn, policies)

    alone = by()
    if alone is True:
        return True, ""
    for grant in lock.lent.sure:
        if by(grant) is True:
            return True, f"grant {id_of(grant)}"
    sure = by(*lock.lent.sure)
    if sure is not False or lock.policy is None or not lock.lent.maybe:
        return sure, ""
    return (sure if by(*lock.lent.maybe) is False else Doubt(lock.lent.why)), ""
