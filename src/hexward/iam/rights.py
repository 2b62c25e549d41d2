"""What users and roles may really do: the questions that controls ask of their policies, boundary and organisation taken together.

Policies of the organisation that were not seen forbid nothing: they could only take rights away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from hexward.iam.decide import FREE, Decision, Verdict, decide
from hexward.iam.doubt import Doubt
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.limits import Levels, keys_of
from hexward.iam.policies import Policies
from hexward.iam.principal import caller
from hexward.iam.principals import Principal, kind_of, malformed, partition_of
from hexward.iam.reach import may_do_all
from hexward.iam.request import Request
from hexward.iam.weigh import BOUNDED
from hexward.inventory import Derived, Inventory, Listing, NotCollected, Record
from hexward.inventory.record import record
from hexward.model import Gap, Reason

OPEN = Doubt("a circumstance of the request")
"""Stands for whatever a request may hold: what depends on it is permitted to someone who meets the condition."""

CIRCUMSTANCES = frozenset(
    f"aws:{name}"
    for name in (
        "assumedroot", "calledvia", "calledviafirst", "calledvialast", "currenttime", "ec2instancesourceprivateipv4",
        "ec2instancesourcevpc", "epochtime", "federatedprovider", "ismcpserviceaction", "multifactorauthage",
        "multifactorauthpresent", "principalorgid", "principalorgpaths", "referer", "requestedregion", "resourceorgid",
        "resourceorgpaths", "securetransport", "sourceidentity", "sourceip", "sourcevpc", "sourcevpcarn", "sourcevpce",
        "tokenissuetime", "useragent", "userid", "viaawsmcpservice", "viaawsservice", "vpceaccount", "vpceorgid",
        "vpceorgpaths", "vpcsourceip",
    )
)  # fmt: skip
"""Keys that tell when, whence and how a request comes, but not what it is about.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""


FOLLOWS = frozenset({"aws:principalaccount", "aws:principalarn", "aws:principaltype", "aws:resourceaccount"})
"""Keys that the evaluator fills in from who asks for what."""

MANAGES_KEYS = ("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion")
DECRYPTS = "kms:Decrypt"


@dataclass(frozen=True, slots=True)
class Held:
    """The policies that bear on all that someone asks for, every key that their conditions ask for, and what is known of those."""

    policies: Policies
    asked: frozenset[str]
    told: Mapping[str, object]


def held(who: Principal) -> Held:
    """Return the policies of a principal, compiled. Raises PolicyError, and NotCollected where one was not seen."""
    above = who.limits
    policies, asked = compiled(who.identity, who.boundary, above.scps, above.rcps)
    told: dict[str, object] = {key: value for key, value in above.told.items() if key in asked}
    told.update((key, _tag(who, key)) for key in asked if key.startswith("aws:principaltag/"))
    return Held(policies, asked, told)


@lru_cache(maxsize=16_384)
def compiled(
    identity: tuple[str, ...], boundary: tuple[str, ...] | None, scps: Levels, rcps: Levels
) -> tuple[Policies, frozenset[str]]:
    """Return policies, compiled, and every key that their conditions ask for. Raises PolicyError."""
    policies = Policies(identity=identity, boundary=boundary, scps=scps, rcps=rcps)
    indexed = policies.compiled
    shelves = (indexed.identity, indexed.boundary, *indexed.scps, *indexed.rcps)
    placed = (one for shelf in shelves if shelf is not None for one, _ in shelf.placed)
    return policies, frozenset(condition.key for statement in placed for condition in statement.conditions)


def may(who: Principal, action: str, resource: str, context: Mapping[str, object] | None = None) -> bool:
    """Say whether a principal may do an action on all of a resource pattern, in some circumstances at least.

    `context` holds what else the request is about, in lower case; circumstances that it leaves out can be met, and all else, such as
    tags of the resource, is absent. Raises NotCollected where a policy was not seen, is malformed or says what the evaluator
    cannot decide.
    """
    try:
        own = held(who)
        if _silent(who, own, action):
            return False
        keys = dict.fromkeys(own.asked & CIRCUMSTANCES, OPEN) | dict(own.told) | dict(context or {})
        return permitted(who, may_do_all(who.arn, own.policies, action, resource, keys))
    except (PolicyError, RequestError) as problem:
        raise malformed(who, problem) from problem


def may_somewhere(
    who: Principal, action: str, resource: str = "*", context: Mapping[str, object] | None = None
) -> bool:
    """Say whether a principal may do an action on something that a resource pattern means.

    Whatever `context` leaves out can be met, tags of the resource too. Raises NotCollected as `may` does.
    """
    try:
        own = held(who)
        if _silent(who, own, action):
            return False
        keys = dict.fromkeys(own.asked - FOLLOWS - {"aws:username"}, OPEN) | dict(own.told) | dict(context or {})
        return permitted(who, decide(Request(who.arn, action, resource, context=keys), own.policies))
    except (PolicyError, RequestError) as problem:
        raise malformed(who, problem) from problem


def may_under(who: Principal, policy: str, action: str, resource: str) -> bool:
    """Say whether a principal may do an action on a resource that has a policy of its own, in some circumstances at least.

    Raises NotCollected as `may` does.
    """
    try:
        own = held(who)
        asked = own.asked | keys_of(policy)
        keys = dict.fromkeys(asked - FOLLOWS - {"aws:username"}, OPEN) | dict(own.told)
        policies = replace(own.policies, resource=policy)
        return permitted(who, decide(Request(who.arn, action, resource, context=keys), policies))
    except (PolicyError, RequestError) as problem:
        raise malformed(who, problem) from problem


def _silent(who: Principal, own: Held, action: str) -> bool:
    """Say whether no identity policy speaks of an action: then nothing but the policy of a resource can permit it to a user or role.

    It spares making a request of what most principals are asked. Raises RequestError for an ARN that names nobody.
    """
    named = action.lower()
    return caller(who.arn).sort in BOUNDED and named not in FREE and not own.policies.speaks_of(named)


def _tag(who: Principal, key: str) -> object:
    """Return the value of a principal's tag; open where whoever takes the role chooses it, since a session's tag covers the role's."""
    if who.taggable:
        return OPEN
    wanted = key.partition("/")[2]
    return next((value for name, value in (who.tags or {}).items() if name.lower() == wanted), None)


def permitted(who: Record, decision: Decision) -> bool:
    """Read a decision that may hang on circumstances, which someone can meet. Raises NotCollected if it hangs on more than that."""
    if decision.verdict is Verdict.UNKNOWN and decision.construct != OPEN.construct:
        raise NotCollected(type(who).__name__, Gap(Reason.UNSUPPORTED, decision.construct, resource=who.arn))
    return decision.verdict in {Verdict.ALLOWED, Verdict.UNKNOWN}


def _iam(who: Principal, resource: str) -> str:
    return f"arn:{partition_of(who)}:iam::{who.account}:{resource}"


def spans_services(who: Principal) -> bool:
    """Say whether it may do anything in a service that no policy names: `*` or `NotAction`, as in PowerUserAccess."""
    return may(who, "unheard-of:AnyAction", f"arn:{partition_of(who)}:unheard-of:*:{who.account}:*")


def administers(who: Principal) -> bool:
    """Say whether it may do anything in any service, or permit that to itself; PowerUserAccess, which leaves IAM out, is not that.

    A Deny of single actions takes nothing from an administrator, who can lift it; a boundary does, unless it can be taken off.
    """
    if spans_services(who) and whole_services(who, ("iam",)):
        return True
    kind = kind_of(who)
    if not any(may(who, f"iam:{verb}{kind}Policy", who.arn) for verb in ("Attach", "Put")):
        return False
    return spans_services(who) or who.boundary is None or may(who, f"iam:Delete{kind}PermissionsBoundary", who.arn)


def whole_services(who: Principal, services: Iterable[str]) -> tuple[str, ...]:
    """Return the services of which it may do any action, even one that AWS has yet to invent, on all that the account has."""
    resources = {"s3": ":::*", "kms": f":*:{who.account}:key/*"}
    others = f":*:{who.account}:*"
    return tuple(
        service
        for service in services
        if may(who, f"{service}:AnyAction", f"arn:{partition_of(who)}:{service}{resources.get(service, others)}")
    )


def passes_any_role(who: Principal) -> bool:
    """Say whether it may pass every role of the account to every service."""
    return may(who, "iam:PassRole", _iam(who, "role/*"), {"iam:passedtoservice": "unheard-of.amazonaws.com"})


@record
class KeyKeeper(Derived):
    """A user or role whose own policies let it manage some KMS key and decrypt with some; administrators, who may all, are left out."""

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds that hold principals and their policies."""
        return (Principal, *Principal.sources_of())

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Ask every principal once, rather than once for each key."""
        listing = inventory.of(Principal)
        found: list[Record] = []
        gaps = [NotCollected(cls.__name__, missing.gap) for missing in listing.gaps]
        for who in listing.records:
            try:
                if _keeps_keys(who):
                    found.append(cls.partial({}, arn=who.arn, account=who.account, region=who.region))
            except NotCollected as missing:
                gaps.append(missing.again())
        return Listing(tuple(found), tuple(gaps))


def _keeps_keys(who: Principal) -> bool:
    manages = any(may_somewhere(who, one) for one in MANAGES_KEYS)
    return manages and may_somewhere(who, DECRYPTS) and not administers(who)
