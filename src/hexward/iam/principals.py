"""Users and roles with all policies that bear on what they ask for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.limits import Limits, limits_of
from hexward.iam.parse import parse
from hexward.iam.policy import Layer
from hexward.inventory import Derived, Group, Inventory, Listing, ManagedPolicy, NotCollected, Record, Role, User
from hexward.inventory.record import record
from hexward.inventory.tags import Tags
from hexward.model import Gap, Reason


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
    limits: Limits
    """What the organisation sets above its account."""

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds that hold principals and their policies."""
        return (Role, User, Group, ManagedPolicy, Limits, *Limits.sources_of())

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
        "limits": lambda: limits_of(inventory),
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


def owner_of(inventory: Inventory, who: Principal) -> Role | User:
    """Return the record of the user or role itself. Raises NotCollected if it was not seen."""
    found = inventory.find(User, who.arn) if kind_of(who) == "User" else inventory.find(Role, who.arn)
    if found is None:
        raise NotCollected("Principal", Gap(Reason.GONE, f"{who.arn} was not seen", resource=who.arn))
    return found


def holding(who: Principal, documents: Iterable[str]) -> Principal:
    """Return the same principal as it would be with these policies alone."""
    known = who.known() | {"identity": tuple(documents)}
    return Principal.partial(who.gaps, arn=who.arn, account=who.account, region=who.region, **known)


def kind_of(who: Principal) -> str:
    """Return `User` or `Role`, as the names of IAM's calls have it."""
    return "User" if who.arn.partition(f"::{who.account}:")[2].startswith("user/") else "Role"


def malformed(who: Record, problem: PolicyError | RequestError) -> NotCollected:
    """Return the gap that a policy leaves which cannot be read, or an ARN that names nobody."""
    text = " ".join(str(problem).split())[:200]
    return NotCollected(type(who).__name__, Gap(Reason.MALFORMED, f"a policy of {who.arn}: {text}", resource=who.arn))


def partition_of(who: Record) -> str:
    """Return the partition in an ARN: `aws`, `aws-cn`, `aws-us-gov`."""
    return who.arn.partition(":")[2].partition(":")[0]
