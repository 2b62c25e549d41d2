"""For how long principals hold what they hold: when policies came to them, and when they end."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from hexward.iam.document import ALL
from hexward.iam.errors import PolicyError
from hexward.iam.limits import limits
from hexward.iam.policies import Policies
from hexward.iam.policy import Shelf
from hexward.iam.principals import Grant, Principal, malformed, partition_of
from hexward.iam.rights import may
from hexward.iam.variables import Context
from hexward.inventory.attachments import Attachment
from hexward.inventory.tags import Tags

TEMPORARY = {"temp", "temporary", "tmp"}
"""Tag keys, and words in names, of what is meant to end."""

ENDS = {
    "end-date", "ends", "expiration", "expiration-date", "expires", "expires-at", "expires-on", "expiry", "expiry-date",
    "valid-until",
}  # fmt: skip
"""Tag keys that tell when something is meant to end."""

NO = {"false", "no", "0"}
TIMES = {"aws:currenttime", "aws:epochtime"}


def _words(name: str) -> set[str]:
    """Return the words of a name such as `TempAdmin` or `ml-temp_2`, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def _tagged(tags: Tags | None, keys: Iterable[str]) -> bool:
    wanted = set(keys)
    return any(_key(key) in wanted and value.strip().lower() not in NO for key, value in (tags or {}).items())


def _key(key: str) -> str:
    return key.lower().replace("_", "-").replace(" ", "-")


def temporary(who: Principal) -> bool:
    """Say whether a tag (`temporary`) or a word of its name tells that a principal is meant to end."""
    return bool(_words(who.name) & TEMPORARY) or _tagged(who.tags, TEMPORARY)


def temporary_policy(grant: Grant) -> bool:
    """Say whether a managed policy is named as one that is meant to end."""
    return bool(_words(grant.policy.rpartition("/")[2]) & TEMPORARY)


def ends(tags: Tags | None) -> dict[str, datetime | None]:
    """Return the tags that tell an end, by key, each with its time (a date is the beginning of that day in UTC); None for no date."""
    told = {key: value for key, value in (tags or {}).items() if _key(key) in ENDS}
    told |= {key: value for key, value in (tags or {}).items() if _key(key) in TEMPORARY and _time(value) is not None}
    return {key: _time(value) for key, value in sorted(told.items())}


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def lasts_until(who: Principal, when: datetime) -> bool:
    """Say whether a principal may still do anything at a time: whether some Allow is not over by then, and no Deny of all has begun.

    Raises NotCollected where a policy was not seen, is malformed or says what the evaluator cannot decide.
    """
    try:
        shelves = Policies(identity=who.identity, boundary=who.boundary)
        both = (shelves.compiled.identity, shelves.compiled.boundary)
    except PolicyError as problem:
        raise malformed(who, problem) from problem
    told = {
        "aws:currenttime": when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:epochtime": str(int(when.timestamp())),
    }
    context: Context = {key: (value,) for key, value in told.items()}
    if not all(_allows(shelf, context) for shelf in both if shelf is not None):
        return False
    # The organisation's policies end nothing: they bind the account as long as it belongs to it.
    denied_only = who.known() | {
        "identity": (*who.identity, ALL),
        "boundary": None,
        "limits": limits(who.limits.arn, who.account),
    }
    free = Principal.partial(who.gaps, arn=who.arn, account=who.account, region=who.region, **denied_only)
    return may(free, "unheard-of:AnyAction", f"arn:{partition_of(who)}:unheard-of:*:{who.account}:*", told)


def _allows(shelf: Shelf, context: Context) -> bool:
    """Say whether some Allow has no condition on the time that is broken at that time."""
    return any(
        all(one.holds(context) is not False for one in statement.conditions if one.key in TIMES)
        for statement, _ in shelf.placed
        if statement.allow
    )


def came(grant: Grant, holder: str, history: Iterable[Attachment]) -> datetime | None:
    """Return when a policy last came to a holder (`role/NAME`), by attaching, writing or joining a group; None if not in the history.

    Which inline policy was written is not looked at: writing any of a holder's counts for all of them.
    """
    owner = f"group/{grant.group}" if grant.group else holder
    times = [
        one.at
        for one in history
        if (
            one.holder == owner
            and (one.policy == grant.policy if grant.policy else not one.policy.startswith(("arn:", "group/")))
        )
        or (grant.group and (one.holder, one.policy) == (holder, owner))
    ]
    return max(times, default=None)
