"""Which outsiders a resource's own policy lets in: other accounts, and everyone."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from hexward.iam import glob
from hexward.iam.arn import FIELDS, fields
from hexward.iam.decide import decide
from hexward.iam.document import ALL
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.limits import Levels, asked_by
from hexward.iam.parse import parse
from hexward.iam.policies import Policies
from hexward.iam.policy import Layer, Policy
from hexward.iam.principal import ACCOUNT, caller
from hexward.iam.principals import malformed, partition_of
from hexward.iam.request import Request
from hexward.iam.rights import FOLLOWS, OPEN, permitted
from hexward.inventory import Record

NOWHERE = "000000000000"
"""The account of a stranger."""

STRANGER: Mapping[str, object] = {
    "sts:externalid": "a-stranger-guesses",
    "aws:principalisawsservice": False,
    "aws:principalorgid": "o-stranger00",
    "aws:principalorgpaths": ["o-stranger00/r-strg/"],
    "aws:principalservicename": None,
    "aws:principalservicenameslist": None,
    "aws:sourceaccount": NOWHERE,
    "aws:sourceorgid": "o-stranger00",
    "aws:sourceorgpaths": ["o-stranger00/r-strg/"],
    "aws:sourcevpc": None,
    "aws:sourcevpcarn": None,
    "aws:sourcevpce": None,
    "aws:userid": "AIDASTRANGERSTRANGER",
    "aws:vpceaccount": None,
    "aws:vpceorgid": None,
    "aws:vpceorgpaths": None,
}
"""What a stranger's request holds; it does not come through a network of ours. Keys that are not here are open.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

NAMING = frozenset({"aws:principalaccount", "aws:principalarn", "kms:calleraccount"})
"""Keys by which a statement for everyone names whom it really means."""


ANYTHING = ALL
"""What the other account permits its own people."""


def compiled(owner: Record, policy: str) -> Policy:
    """Return a resource's policy, compiled. Raises NotCollected for a malformed one."""
    try:
        return parse(policy, Layer.RESOURCE)
    except PolicyError as problem:
        raise malformed(owner, problem) from problem


def allowed(
    owner: Record,
    policy: str,
    who: str,
    action: str,
    told: Mapping[str, object],
    identity: tuple[str, ...] = (ANYTHING,),
    rcps: Levels = (),
) -> bool:
    """Say whether a resource's policy lets someone with these policies do an action on it, under resource control policies.

    Keys that they ask for and `told` does not tell are open.
    """
    asked = {condition.key for one in compiled(owner, policy).statements for condition in one.conditions}
    try:
        context = {key: told.get(key, OPEN) for key in (asked | asked_by(rcps)) - FOLLOWS}
    except PolicyError as problem:
        raise malformed(owner, problem) from problem
    policies = Policies(identity=identity, resource=policy, rcps=rcps)
    return permitted(owner, decide(Request(who, action, owner.arn, context=context), policies))


def outsiders(
    owner: Record, policy: str, *actions: str, told: Mapping[str, object] = STRANGER, rcps: Levels = ()
) -> Iterator[str]:
    """Yield each account or ARN of another account, and `*`, that a resource's policy lets do one of the actions on it.

    Whom a statement for everyone names in its conditions counts as well: `*` whose account is 999988887777 lets that account in.
    `told` is what their requests hold, as for `allowed`; the account in `kms:CallerAccount` is theirs. `rcps` may forbid it to them.
    """
    for entry, someone in strangers(owner, policy):
        known = {**told, "kms:calleraccount": someone.split(":")[4]}
        may: Callable[[str], bool] = partial(allowed, owner, policy, someone, told=known, rcps=rcps)
        if any(map(may, actions)):
            yield entry


def strangers(owner: Record, policy: str) -> Iterator[tuple[str, str]]:
    """Yield each entry of a resource's policy that may mean someone outside the owner's account, with a principal that it means.

    Entries are principals, and whom the conditions of statements for everyone name. Raises NotCollected for a malformed policy.
    """
    read = compiled(owner, policy)
    for entry in dict.fromkeys((*named(read), *_meant(read))):
        someone = _someone(owner, entry)
        if someone is not None:
            yield entry, someone


def serves_strangers(owner: Record, policy: str, service: str, action: str, rcps: Levels = ()) -> bool:
    """Say whether a resource's policy lets a service do an action on behalf of someone else's account, under resource control policies."""
    calls = {**STRANGER, "aws:principalisawsservice": True, "aws:principalservicename": service}
    sources = foreign_sources(owner, policy, service)
    return any(allowed(owner, policy, service, action, {**calls, "aws:sourcearn": one}, rcps=rcps) for one in sources)


def foreign_sources(owner: Record, policy: str, service: str) -> Iterator[str]:
    """Yield ARNs of a stranger that a policy might take for a source: one, and one for each pattern that names no account.

    The ARN of a bucket has none, and the name of a bucket may be anyone's.
    """
    yield f"arn:{partition_of(owner)}:{service.partition('.')[0]}:us-east-1:{NOWHERE}:any/thing"
    for value in asked_for(compiled(owner, policy), "aws:sourcearn"):
        parts = value.split(":", FIELDS - 1)
        if len(parts) == FIELDS and glob.wild(parts[4]):
            yield one_of(":".join((*parts[:4], NOWHERE, parts[5])))
        elif glob.wild(value) and (len(parts) < FIELDS or not parts[4]) and owner.account not in value:
            yield one_of(value)


def asked_for(policy: Policy, key: str) -> Iterator[str]:
    """Yield what the conditions of a policy ask of a key."""
    conditions = (condition for one in policy.statements for condition in one.conditions)
    return (value for condition in conditions if condition.key == key for value in condition.values)


def one_of(pattern: str) -> str:
    """Return a text that a pattern means."""
    return pattern.replace("*", "x").replace("?", "x")


def members(owner: Record, policy: str) -> Iterator[str]:
    """Yield the users and roles of the owner's own account that its policy allows something, by their ARNs."""
    prefix = f"arn:{partition_of(owner)}:iam::{owner.account}:"
    yield from (one for one in named(compiled(owner, policy)) if one.startswith((f"{prefix}user/", f"{prefix}role/")))


def policy_allows(owner: Record, policy: str, who: str, action: str) -> bool:
    """Say whether a resource's policy by itself lets a member of the account do an action on it, in some circumstances at least."""
    return allowed(owner, policy, who, action, {}, identity=())


def named(policy: Policy) -> dict[str, None]:
    """Return the principals that a policy allows, each once; everyone, where it names who is left out."""
    allowing = [one.principals for one in policy.statements if one.allow and one.principals is not None]
    entries = (("AWS", "*") if one.excluded else entry for one in allowing for entry in one.written)
    return dict.fromkeys(value for kind, value in entries if kind == "AWS")


def _meant(policy: Policy) -> Iterator[str]:
    """Yield whom the conditions of statements for everyone name: accounts, and ARNs or patterns of them."""
    for one in policy.statements:
        if one.allow and one.principals is not None and (one.principals.everyone or one.principals.excluded):
            yield from (value for condition in one.conditions if condition.key in NAMING for value in condition.values)


def _someone(owner: Record, entry: str) -> str | None:
    """Return a principal that an entry of a policy means, or None if it means nobody outside the owner's account."""
    account, name = (NOWHERE, "root") if entry == "*" else (entry, "root")
    if not ACCOUNT.match(account):
        account, name = fields(entry)[4:]
        if any(mark in account for mark in "*?"):
            account = NOWHERE
    if not ACCOUNT.match(account) or account == owner.account:
        return None
    someone = f"arn:{partition_of(owner)}:iam::{account}:role/stranger"
    if name.startswith(("role/", "user/")):
        someone = f"arn:{partition_of(owner)}:iam::{account}:{one_of(name)}"
    elif name.startswith(("assumed-role/", "federated-user/")):
        someone = entry
    try:
        caller(someone)
    except RequestError:
        return None
    return someone
