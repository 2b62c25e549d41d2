"""First steps from outside: other accounts and everyone, by a role's trust policy, a bucket's policy or a public entry."""

from collections.abc import Iterable, Iterator

from hexward.iam.decide import Verdict, decide
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.limits import asked_by, keys_of
from hexward.iam.lock import Lock, lock_of
from hexward.iam.outsiders import ANYTHING, NOWHERE, STRANGER, compiled, named
from hexward.iam.paths.account import AccountView, Way
from hexward.iam.paths.jewels import DECRYPT, READ, Sort, Treasure
from hexward.iam.policies import Policies
from hexward.iam.principal import ACCOUNT, ANONYMOUS
from hexward.iam.request import Request
from hexward.iam.rights import FOLLOWS, OPEN
from hexward.iam.trust import outsiders
from hexward.inventory import NotCollected
from hexward.inventory.s3 import blocks, key_of_bucket

EVERYONE = "*"
"""Everyone, as policies write it."""


def from_outside(view: AccountView, treasures: Iterable[Treasure]) -> Iterator[tuple[str, str, Way]]:
    """Yield who stands outside, the ARN of what it reaches in one step, and the way.

    What the others' own account permits them is not known, and is taken to allow it. What was not read is left out here: that a role's
    trust or a bucket's policy is missing is told where the account's own principals are asked for.
    """
    for role in view.roles.values():
        try:
            for entry in outsiders(role, view.limits.rcps):
                yield entry, role.arn, Way(("external trust",), role.arn)
        except NotCollected:
            continue
    for treasure in treasures:
        if treasure.goal.sort is Sort.ENTRY:
            yield EVERYONE, treasure.goal.arn, Way(("public entry",), treasure.goal.arn)
        try:
            for entry, doubt in _readers(view, treasure):
                yield entry, treasure.goal.arn, Way(("bucket policy",), treasure.goal.arn, doubt=doubt)
        except NotCollected:
            continue


def _readers(view: AccountView, treasure: Treasure) -> Iterator[tuple[str, str]]:
    """Yield each account or ARN of another account, and `*`, whom the bucket's policy and its key let read objects.

    With each, why it is not sure that the key does: by a grant that was not read, or that is bound to an encryption context.
    """
    bucket = treasure.bucket
    if bucket is None or bucket.policy is None:
        return
    key = key_of_bucket(view.inventory, bucket)
    for entry in named(compiled(bucket, bucket.policy)):
        someone = _someone(view, entry)
        if someone is None or (someone == ANONYMOUS and blocks(view.inventory, bucket, "restrict_public_buckets")):
            continue
        reads = _lets(view, someone, READ[0], f"{bucket.arn}/*", bucket.policy)
        if not reads:
            continue
        lock = None if key is None else lock_of(key)
        if lock is None or _opens(view, someone, lock, lock.lent.sure):
            yield entry, ""
        elif lock.policy is not None and lock.lent.maybe and _opens(view, someone, lock, lock.lent.maybe):
            yield entry, lock.lent.why


def _opens(view: AccountView, someone: str, lock: Lock, grants: tuple[str, ...]) -> bool:
    return _lets(view, someone, DECRYPT, lock.arn, lock.policy or "", grants)


def _lets(
    view: AccountView, someone: str, action: str, resource: str, policy: str, grants: tuple[str, ...] = ()
) -> bool:
    try:
        asked = asked_by(view.limits.rcps) | (keys_of(policy) if policy else frozenset())
        context = {key: STRANGER.get(key, OPEN) for key in asked - FOLLOWS}
        request = Request(someone, action, resource, view.number, context)
        policies = Policies(identity=(ANYTHING,), resource=policy or None, rcps=view.limits.rcps, grants=grants)
        verdict = decide(request, policies).verdict
    except (PolicyError, RequestError):
        return False
    return verdict is Verdict.ALLOWED


def _someone(view: AccountView, entry: str) -> str | None:
    if entry == EVERYONE:
        return ANONYMOUS
    account = entry if ACCOUNT.match(entry) else "".join(entry.split(":")[4:5])
    if account in {"", view.number, NOWHERE}:
        return None
    whole = ACCOUNT.match(entry) is not None or entry.endswith(":root")
    return f"arn:{view.partition}:iam::{account}:role/stranger" if whole else entry
