"""Users and roles with all their policies, and the questions that identity controls ask of them.

Service control policies are not among the records, so no answer takes them into account: what they forbid counts as permitted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from hexward.iam.decide import Decision, Verdict, decide
from hexward.iam.doubt import Doubt
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.parse import parse
from hexward.iam.policies import Policies
from hexward.iam.policy import Layer
from hexward.iam.reach import may_do_all
from hexward.iam.request import Request
from hexward.inventory import Derived, Group, Inventory, Listing, ManagedPolicy, NotCollected, Record, Role, User
from hexward.inventory.record import record
from hexward.inventory.tags import Tags
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


@dataclass(frozen=True, slots=True)
class Grant:
    """One policy that someone holds: its document, its ARN if it is a managed one, and the group that it comes through, if any.

    `name` is that of an inline one, empty where it was not read.
    """

    document: str
    policy: str = ""
    group: str = ""
    name: str = ""


@record
class Principal(Derived):
    """A user or a role, with the documents of all policies that bear on it; service-linked roles, which AWS keeps, are left out."""

    name: str
    identity: tuple[str, ...]
    """What it is permitted: its inline and managed policies, and for a user those of its groups."""
    boundary: tuple[str, ...] | None
    """The most that it may be permitted; None if it has no permissions boundary."""
    tags: Tags | None
    taggable: bool
    """Whether whoever takes the role may give the session tags of their choice; never of a user."""

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds that hold principals and their policies."""
        return (Role, User, Group, ManagedPolicy)

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Put together every principal of the account."""
        roles, users = inventory.of(Role), inventory.of(User)
        owners: tuple[Role | User, ...] = (*users.records, *(role for role in roles.records if not _aws_keeps(role)))
        gaps = (NotCollected(cls.__name__, missing.gap) for missing in (*users.gaps, *roles.gaps))
        return Listing(tuple(_principal(inventory, owner) for owner in owners), tuple(gaps))


def _aws_keeps(role: Role) -> bool:
    try:
        return role.service_linked
    except NotCollected:
        return False


def _principal(inventory: Inventory, owner: Role | User) -> Principal:
    """Work each field out by itself; a policy that was not seen is a gap, never "no policy"."""
    fields: dict[str, Callable[[], object]] = {
        "name": lambda: owner.name,
        "identity": lambda: tuple(grant.document for grant in grants(inventory, owner)),
        "boundary": lambda: _boundary(inventory, owner),
        "tags": lambda: owner.tags,
        "taggable": lambda: isinstance(owner, Role) and _taggable(owner),
    }
    return Principal.worked_out(owner, fields)


def _taggable(role: Role) -> bool:
    """Say whether a role's trust policy lets sessions be tagged. Raises NotCollected for a malformed one.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    try:
        statements = parse(role.trust, Layer.RESOURCE).statements
    except PolicyError as problem:
        raise malformed(role, problem) from problem
    return any(one.allow and one.actions.match("sts:tagsession") for one in statements)


def grants(inventory: Inventory, owner: Role | User | Group) -> Iterator[Grant]:
    """Yield each policy that someone holds, those of groups last. Raises NotCollected for one that was not seen."""
    inline, names = owner.inline or (), owner.known().get("inline_names")
    named = names if isinstance(names, tuple) and len(names) == len(inline) else ("",) * len(inline)
    yield from (Grant(document, name=name) for document, name in zip(inline, named, strict=True))
    yield from (Grant(_managed(inventory, one.policy_arn), one.policy_arn) for one in owner.attached)
    for name in owner.groups if isinstance(owner, User) else ():
        yield from (replace(grant, group=name) for grant in grants(inventory, _group(inventory, name)))


def _boundary(inventory: Inventory, owner: Role | User) -> tuple[str, ...] | None:
    boundary = owner.boundary
    return None if boundary is None else (_managed(inventory, boundary.permissions_boundary_arn),)


def _managed(inventory: Inventory, arn: str) -> str:
    policy = inventory.find(ManagedPolicy, arn)
    if policy is None:
        raise NotCollected(
            "ManagedPolicy", Gap(Reason.NOT_COLLECTED, f"{arn} is attached and was not seen", resource=arn)
        )
    return policy.document


def _group(inventory: Inventory, name: str) -> Group:
    for group in inventory.by(Group, "name", name):
        return group
    raise NotCollected(
        "Group", Gap(Reason.NOT_COLLECTED, f"the group {name} has members and was not seen", resource=name)
    )


def every_principal(inventory: Inventory) -> Listing[Principal]:
    """Return all users and roles, those that AWS keeps for its services too."""
    found = inventory.of(Principal)
    kept = (role for role in inventory.of(Role).records if _aws_keeps(role))
    return Listing((*found.records, *(_principal(inventory, role) for role in kept)), found.gaps)


def principal(inventory: Inventory, owner: Role | User) -> Principal:
    """Return a user or role with its policies. Raises NotCollected for a service-linked role."""
    for found in inventory.by(Principal, "arn", owner.arn):
        return found
    raise NotCollected("Principal", Gap(Reason.UNSUPPORTED, f"{owner.arn} is kept by AWS", resource=owner.arn))


@lru_cache(maxsize=16_384)
def compiled(identity: tuple[str, ...], boundary: tuple[str, ...] | None) -> tuple[Policies, frozenset[str]]:
    """Return the policies, compiled, and every key that their conditions ask for; raises PolicyError."""
    policies = Policies(identity=identity, boundary=boundary)
    shelves = (policies.compiled.identity, policies.compiled.boundary)
    placed = (one for shelf in shelves if shelf is not None for one, _ in shelf.placed)
    return policies, frozenset(condition.key for statement in placed for condition in statement.conditions)


def may(who: Principal, action: str, resource: str, context: Mapping[str, object] | None = None) -> bool:
    """Say whether a principal may do an action on all of a resource pattern, in some circumstances at least.

    `context` holds what else the request is about, in lower case; circumstances that it leaves out can be met, and all else, such as
    tags of the resource, is absent. Raises NotCollected where a policy was not seen, is malformed or says what the evaluator
    cannot decide.
    """
    try:
        policies, asked = compiled(who.identity, who.boundary)
        keys = dict.fromkeys(asked & CIRCUMSTANCES, OPEN) | _tags(who, asked) | dict(context or {})
        return permitted(who, may_do_all(who.arn, policies, action, resource, keys))
    except (PolicyError, RequestError) as problem:
        raise malformed(who, problem) from problem


def may_somewhere(
    who: Principal, action: str, resource: str = "*", context: Mapping[str, object] | None = None
) -> bool:
    """Say whether a principal may do an action on something that a resource pattern means.

    Whatever `context` leaves out can be met, tags of the resource too. Raises NotCollected as `may` does.
    """
    try:
        policies, asked = compiled(who.identity, who.boundary)
        keys = dict.fromkeys(asked - FOLLOWS - {"aws:username"}, OPEN) | _tags(who, asked) | dict(context or {})
        return permitted(who, decide(Request(who.arn, action, resource, context=keys), policies))
    except (PolicyError, RequestError) as problem:
        raise malformed(who, problem) from problem


def _tags(who: Principal, asked: Iterable[str]) -> dict[str, object]:
    return {key: _tag(who, key) for key in asked if key.startswith("aws:principaltag/")}


def _tag(who: Principal, key: str) -> object:
    """Return the value of a principal's tag; open where whoever takes the role chooses it, since a session's tag covers the role's."""
    if who.taggable:
        return OPEN
    wanted = key.partition("/")[2]
    return next((value for name, value in (who.tags or {}).items() if name.lower() == wanted), None)


def owner_of(inventory: Inventory, who: Principal) -> Role | User:
    """Return the record of the user or role itself. Raises NotCollected if it was not seen."""
    found = inventory.find(User, who.arn) if _kind(who) == "User" else inventory.find(Role, who.arn)
    if found is None:
        raise NotCollected("Principal", Gap(Reason.GONE, f"{who.arn} was not seen", resource=who.arn))
    return found


def holding(who: Principal, documents: Iterable[str]) -> Principal:
    """Return the same principal as it would be with these policies alone."""
    known = who.known() | {"identity": tuple(documents)}
    return Principal.partial(who.gaps, arn=who.arn, account=who.account, region=who.region, **known)


def _kind(who: Principal) -> str:
    return "User" if who.arn.partition(f"::{who.account}:")[2].startswith("user/") else "Role"


def permitted(who: Record, decision: Decision) -> bool:
    """Read a decision that may hang on circumstances, which someone can meet. Raises NotCollected if it hangs on more than that."""
    if decision.verdict is Verdict.UNKNOWN and decision.construct != OPEN.construct:
        raise NotCollected(type(who).__name__, Gap(Reason.UNSUPPORTED, decision.construct, resource=who.arn))
    return decision.verdict in {Verdict.ALLOWED, Verdict.UNKNOWN}


def malformed(who: Record, problem: PolicyError | RequestError) -> NotCollected:
    """Return the gap that a policy leaves which cannot be read, or an ARN that names nobody."""
    text = " ".join(str(problem).split())[:200]
    return NotCollected(type(who).__name__, Gap(Reason.MALFORMED, f"a policy of {who.arn}: {text}", resource=who.arn))


def partition_of(who: Record) -> str:
    """Return the partition in an ARN: `aws`, `aws-cn`, `aws-us-gov`."""
    return who.arn.partition(":")[2].partition(":")[0]


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
    kind = _kind(who)
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
