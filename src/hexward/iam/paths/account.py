"""One account as paths see it: who is there, whom each role lets in, and what exists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from hexward.iam.doubt import Answer, Doubt, all_of
from hexward.iam.limits import Limits, limits_of
from hexward.iam.outsiders import compiled, named
from hexward.iam.paths.catalogue import Category, Path, catalogue
from hexward.iam.paths.things import MAKERS, Found, Things, things_of
from hexward.iam.principals import Principal
from hexward.iam.trust import trusts_at_home
from hexward.inventory import (
    Alias,
    Bucket,
    Inventory,
    Key,
    Listing,
    NotCollected,
    Organization,
    Record,
    Repository,
    ResourceControlPolicy,
    Role,
    ServiceControlPolicy,
    User,
    Workload,
)
from hexward.inventory.iam import Login
from hexward.inventory.tags import Tags

WEB_IDENTITY = "cognito-identity.amazonaws.com"
"""Takes roles by another call than services do, so that its trust is a provider's."""

MACHINES = "ec2.amazonaws.com"
"""Takes roles for machines."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way along an edge: ids of paths, or plain words for a right that needs no path, and what the way goes through.

    `asks` are the actions that the caller must be allowed, each with its resource. `doubt` says what is not known of it, if anything.
    """

    paths: tuple[str, ...]
    through: str = ""
    asks: tuple[tuple[str, str], ...] = ()
    doubt: str = ""


class AccountView:
    """What all walkers over one inventory share; worked out when first asked for."""

    def __init__(self, inventory: Inventory) -> None:
        """Take the inventory."""
        self.inventory = inventory
        self.partition = inventory.partition
        self.number = inventory.account

    @cached_property
    def limits(self) -> Limits:
        """The organisation's policies."""
        return limits_of(self.inventory)

    @cached_property
    def things(self) -> Things:
        """What exists."""
        return things_of(self.inventory)

    @cached_property
    def with_policies(self) -> Mapping[str, tuple[Found, ...]]:
        """Those that have a policy of their own."""
        return {
            word: tuple(one for one in found if one.policy is not None) for word, found in self.things.found.items()
        }

    @cached_property
    def listing(self) -> Listing[Principal]:
        """Users and roles, with the gaps of what could not be listed."""
        return self.inventory.of(Principal)

    @cached_property
    def principals(self) -> Mapping[str, Principal]:
        """Users and roles by ARN, in its order: which of two routes of one length is told hangs on it."""
        return {one.arn: one for one in sorted(self.listing.records, key=lambda one: one.arn)}

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """The records of the roles that are principals."""
        records = {one.arn: one for one in self.inventory.of(Role).records}
        return {arn: records[arn] for arn in self.principals if arn in records}

    @cached_property
    def users(self) -> Mapping[str, User]:
        """The records of the users."""
        records = {one.arn: one for one in self.inventory.of(User).records}
        return {arn: records[arn] for arn in self.principals if arn in records}

    @cached_property
    def trusting(self) -> Mapping[str, Mapping[str, Answer]]:
        """For each service of the catalogue, the roles that it may take, or may in doubt."""
        services = {path.service for path in catalogue().paths} | {one.trusted for one in catalogue().things.values()}
        found: dict[str, dict[str, Answer]] = {service: {} for service in services if service}
        for role in self.roles.values():
            for service, answer in self._trusted_by(role, found):
                found[service][role.arn] = answer
        return found

    @cached_property
    def admitting(self) -> Mapping[str, frozenset[str]]:
        """For each entry of the roles' trust policies, the roles that name it; those whose trust was not read under an empty text.

        A session is under the name of its role.
        """
        found: dict[str, set[str]] = {}
        for role in self.roles.values():
            try:
                entries = list(named(compiled(role, role.trust)))
            except NotCollected:
                entries = [""]
            for entry in entries:
                session = entry.partition(":assumed-role/")[2].partition("/")[0]
                found.setdefault(session or entry, set()).add(role.arn)
        return {entry: frozenset(roles) for entry, roles in found.items()}

    def _machines(self, role: Role) -> Answer:
        """Say whether machines can get a role: only through an instance profile.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
        """
        try:
            return bool(role.instance_profiles)
        except NotCollected as missing:
            return Doubt(str(missing))

    def _trusted_by(self, role: Role, services: Mapping[str, object]) -> Iterator[tuple[str, Answer]]:
        try:
            statements = compiled(role, role.trust).statements
        except NotCollected as missing:
            yield from ((service, Doubt(str(missing))) for service in services)
            return
        entries = [entry for one in statements if one.allow and one.principals for entry in one.principals.written]
        named = {value for _, value in entries}
        for service in services if "*" in named else named & services.keys():
            answer = self._trusts(role, service)
            if answer is not False:
                yield service, answer

    def _trusts(self, role: Role, service: str) -> Answer:
        if service == WEB_IDENTITY:
            return "AssumeRoleWithWebIdentity" in role.trust
        try:
            trusted = trusts_at_home(role, service)
            return all_of((trusted, self._machines(role))) if service == MACHINES else trusted
        except NotCollected as missing:
            return Doubt(str(missing))

    def like(self, word: str, name: str = "*", region: str = "*") -> str:
        """Return the pattern of the ARNs of a kind of thing, or the ARN of one."""
        template = catalogue().things[word].arn
        return template.format(partition=self.partition, region=region, account=self.number, name=name)

    @cached_property
    def by_category(self) -> Mapping[Category, tuple[Path, ...]]:
        """The paths of each category."""
        return {category: catalogue().of(category) for category in Category}

    def tags_of(self, arn: str) -> Tags | Doubt:
        """Return the tags of a user or role, or a doubt where they were not read."""
        try:
            return self.principals[arn].tags or {}
        except NotCollected as missing:
            return Doubt(str(missing))

    def tags_on(self, resource: str) -> Tags | Doubt | None:
        """Return the tags of what an action is on: a user's, a role's or a thing's; None for anything else, and for a pattern."""
        return self.tags_of(resource) if resource in self.principals else self._tags_of_things.get(resource)

    @cached_property
    def _tags_of_things(self) -> Mapping[str, Tags | Doubt]:
        return {one.arn: one.tags for found in self.things.found.values() for one in found if "*" not in one.arn}

    def policy_on(self, action: str, resource: str) -> str | None:
        """Return the own policy of what an action is on, if it has one: a role's trust policy, a bucket's or a key's.

        Raises NotCollected where it was not read.
        """
        if action == "sts:AssumeRole":
            return self.roles[resource].trust if resource in self.roles else None
        bucket = self.inventory.find(Bucket, resource.partition("/")[0]) if action.startswith("s3:") else None
        key = self.inventory.find(Key, resource) if action.startswith("kms:") else None
        return bucket.policy if bucket is not None else key.policy if key is not None else None

    def own_keys(self, arn: str) -> Mapping[str, object]:
        """Return what all requests of a principal hold: those of a user without a second factor tell of none.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
        """
        user = self.users.get(arn)
        login = None if user is None else user.known().get("login")
        without = isinstance(login, Login) and not login.mfa_active
        return {"aws:multifactorauthpresent": None, "aws:multifactorauthage": None} if without else {}


def sources() -> tuple[type[Record], ...]:
    """Return every kind that steps are worked out from; what goals take besides, `search.kinds` tells."""
    organizations = (Organization, ServiceControlPolicy, ResourceControlPolicy)
    things = (Bucket, Key, Alias, Repository, *(kind for kind, _ in MAKERS.values()))
    return tuple(dict.fromkeys((*Principal.sources_of(), *organizations, *things, *Workload.sources_of())))
