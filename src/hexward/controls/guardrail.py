"""Asks whether an organisation's policies stop an ordinary user or role of the account, whatever the account itself permits it.

What counts is what the policies mean, not how they are written: each attempt is put to the evaluator, for people and roles that no
policy names. A role that a policy exempts, to deploy or to break glass, is therefore no hole; an exemption of every role is one. A
policy that hangs on how a request comes stops nobody who can come otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from hexward.controls.control import NotApplicable
from hexward.iam import Policies, PolicyError, Request, RequestError, decide
from hexward.iam.authorization import under_rcps
from hexward.iam.document import ALL, ALL_TO_ALL
from hexward.iam.principals import malformed
from hexward.iam.rights import FOLLOWS, OPEN, permitted
from hexward.inventory import (
    Inventory,
    NotCollected,
    Organization,
    ResourceControlPolicy,
    ServiceControlPolicy,
    Workload,
    exists,
    note,
    resource_control_policies,
    service_control_policies,
)
from hexward.inventory.region import home_of
from hexward.model import Fault

LOOKS_AT = (ServiceControlPolicy, ResourceControlPolicy, Workload)
"""The kinds that the control of a guardrail looks at beside the organisation."""

GLOBAL_SERVICES = frozenset({"iam", "organizations"})

ORDINARY = ("role/anyone", "user/anyone", "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Anyone_0123456789abcdef")
"""Whom no policy has a reason to name: a workload's role, a user, and a person who signed in through IAM Identity Center."""

DIRECT: Mapping[str, object] = {
    "aws:assumedroot": None,
    "aws:calledvia": None,
    "aws:calledviafirst": None,
    "aws:calledvialast": None,
    "aws:multifactorauthpresent": True,
    "aws:principalisawsservice": False,
    "aws:principalservicename": None,
    "aws:principalservicenameslist": None,
    "aws:securetransport": True,
    "aws:sourceaccount": None,
    "aws:sourcearn": None,
    "aws:userid": "AROAANYONE:anyone",
    "aws:viaawsservice": False,
}
"""What an ordinary caller's own request holds; None is a key that it lacks.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A call that only the exempt should get through with.

    `resource` is what it is about, with `{partition}`, `{region}` and `{account}` to be filled in; a pattern means that none of those
    things may be open. `cases` are ways to make the call, by a word for the report: keys in lower case, None for a key that is
    absent. `of` names the thing, where there are several. `regions` are those where it can be made: if none, all that are audited.
    """

    action: str
    resource: str = "*"
    cases: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: {"": {}})
    how: str = "with "
    of: str = ""
    regions: tuple[str, ...] = ()

    @property
    def service(self) -> str:
        """Return the prefix of the action."""
        return self.action.partition(":")[0]

    def fault(self, cases: Iterable[str], regions: Iterable[str]) -> Fault:
        """Say that nothing stops it, in some of its cases and regions."""
        words = ", ".join(case for case in cases if case)
        where = "" if self.service in GLOBAL_SERVICES else f" in {', '.join(regions)}"
        says = f"no guardrail stops {self.action}{self.of and f' on {self.of}'}{words and f' {self.how}{words}'}{where}"
        return Fault(says, field="levels", aspect=f"{self.action} {self.of}".strip())


def unstopped(organization: Organization, inventory: Inventory, attempts: Iterable[Attempt]) -> Iterator[Fault]:
    """Yield a fault for each attempt that no guardrail stops, or the one fault that no guardrail binds the account at all.

    An attempt that cannot be decided is noted, and hides no other.
    """
    unbound = _unbound(organization, inventory)
    if unbound is not None:
        yield unbound
        return
    guardrails = Guardrails(organization, inventory)
    for attempt in attempts:
        try:
            open_ = guardrails.lets(attempt)
        except NotCollected as missing:
            note(missing)
            continue
        if open_:
            yield attempt.fault(dict.fromkeys(case for case, _ in open_), dict.fromkeys(region for _, region in open_))


def _unbound(organization: Organization, inventory: Inventory) -> Fault | None:
    """Say why no guardrail binds the account, if so.

    An organisation's policies never bind its management account: that is a fault where AI runs there, and cannot be mended otherwise.
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
    """
    if organization.id is None:
        return Fault("the account belongs to no organisation, so no guardrail binds it", field="id", aspect="alone")
    if organization.management_account_id == organization.account:
        if not exists(inventory.of(Workload), lambda _: True):
            raise NotApplicable("no guardrail can bind the management account, where no AI workload runs")
        says = "the account manages its organisation, whose guardrails never bind it, and AI workloads run in it"
        return Fault(says, field="management_account_id", aspect="management")
    if organization.feature_set != "ALL":
        says = "the organisation shares bills alone, and has no guardrails"
        return Fault(says, field="feature_set", aspect="features")
    if not any(level.policies for level in organization.levels or ()):
        return Fault("service control policies are not in use in the organisation", field="levels", aspect="unused")
    return None


@dataclass(frozen=True)
class Limits:
    """Policies of an organisation, for someone to whom the account permits everything."""

    policies: Policies

    @cached_property
    def asked(self) -> frozenset[str]:
        """The keys that their conditions ask for; raises PolicyError."""
        shelves = (*self.policies.compiled.scps, *self.policies.compiled.rcps)
        return frozenset(one.key for shelf in shelves for statement, _ in shelf.placed for one in statement.conditions)


@dataclass(frozen=True)
class Guardrails:
    """The policies of a member account's organisation, and what they let ordinary users and roles do."""

    organization: Organization
    inventory: Inventory

    def lets(self, attempt: Attempt) -> tuple[tuple[str, str], ...]:
        """Return the cases and regions in which an attempt gets through.

        Raises NotCollected where a policy that might stop it was not read, or says what the evaluator does not support.
        """
        regions = (
            (home_of(self.inventory.partition),)
            if attempt.service in GLOBAL_SERVICES
            else attempt.regions or self.inventory.regions
        )
        try:
            return tuple((case, at) for at in regions for case in attempt.cases if self._let(attempt, case, at))
        except (PolicyError, RequestError) as problem:
            raise malformed(self.organization, problem) from problem

    def _let(self, attempt: Attempt, case: str, region: str) -> bool:
        if not self._permit(self._on_callers, attempt, case, region):
            return False
        return attempt.service not in under_rcps() or self._permit(self._on_both, attempt, case, region)

    @cached_property
    def _on_callers(self) -> Limits:
        return Limits(Policies(identity=(ALL,), scps=service_control_policies(self.inventory, self.organization)))

    @cached_property
    def _on_both(self) -> Limits:
        # Resource control policies only deny, but for the one of AWS's own that allows all, which need not have been listed.
        on_resources = (ALL_TO_ALL, *resource_control_policies(self.inventory, self.organization))
        return Limits(Policies(identity=(ALL,), scps=self._on_callers.policies.scps, rcps=(on_resources,)))

    def _permit(self, limits: Limits, attempt: Attempt, case: str, region: str) -> bool:
        account, partition = self.organization.account, self.inventory.partition
        resource = attempt.resource
        for name, value in (("partition", partition), ("region", region), ("account", account)):
            resource = resource.replace(f"{{{name}}}", value)
        context = {**self._circumstances(limits, region), **attempt.cases[case]}
        return any(
            permitted(self.organization, decide(request, limits.policies))
            for request in (
                Request(f"arn:{partition}:iam::{account}:{who}", attempt.action, resource, context=context)
                for who in ORDINARY
            )
        )

    def _circumstances(self, limits: Limits, region: str) -> dict[str, object]:
        """Return what a request holds; a key that a policy asks for and that nothing tells of may hold anything."""
        keys: dict[str, object] = dict.fromkeys(limits.asked - FOLLOWS - {"aws:username"}, OPEN)
        keys.update((key, None) for key in limits.asked if key.startswith("aws:principaltag/"))
        belongs: dict[str, object] = {"orgid": self.organization.id, "orgpaths": [self.organization.path]}
        keys.update(
            (f"aws:{whose}{what}", told) for whose in ("principal", "resource") for what, told in belongs.items()
        )
        return {**keys, **DIRECT, "aws:requestedregion": region}
