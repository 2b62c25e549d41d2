"""The organisation that an account belongs to, and the policies by which it limits what its accounts may do.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import msgspec

from hexward.inventory.inventory import Inventory
from hexward.inventory.policy import document
from hexward.inventory.record import At, NotCollected, Part, Record, record
from hexward.model import Gap, Reason

ORGANIZATION = "organizations:DescribeOrganization"
PARENTS = "organizations:ListParents"
EFFECTIVE = "organizations:DescribeEffectivePolicy"
POLICY = "organizations:DescribePolicy"
TARGETS = "organizations:ListTargetsForPolicy"


class Level(Part):
    """The root, an organisational unit or the account itself, and the ARNs of the service control policies attached right there."""

    policies: tuple[str, ...]
    id: str | None = None
    """None for the account itself."""


def levels(raw: Any) -> list[dict[str, object]]:  # noqa: ANN401  (AWS's own JSON)
    """Read what was collected of each level; raises ValueError for a policy without an ARN."""
    return [{"Id": one.get("Id"), "Policies": _texts(one["Policies"], "Arn")} for one in raw]


def targets(raw: Any) -> list[object]:  # noqa: ANN401
    """Read the ids of what a policy is attached to; raises ValueError for a target without one."""
    return _texts(raw, "TargetId")


def _texts(raw: Any, name: str) -> list[object]:  # noqa: ANN401
    if not isinstance(raw, list) or not all(isinstance(one, Mapping) and name in one for one in raw):
        msg = f"not a list of structures with {name}"
        raise ValueError(msg)
    return [one[name] for one in raw]


def opt_outs(raw: Any) -> dict[str, object]:  # noqa: ANN401
    """Read `{"services": {"default": {"opt_out_policy": "optOut"}}}`, an effective policy; raises ValueError for anything else.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_effective.html
    """
    services = msgspec.json.decode(document(raw)).get("services")
    if not isinstance(services, dict):
        msg = "the effective policy names no services"
        raise ValueError(msg)
    return {name: one["opt_out_policy"] for name, one in services.items()}


@record
class Organization(Record):
    """The organisation of the account. Outside of any, every field is None.

    Only the management account and delegated administrators may see the levels.
    """

    id: Annotated[str | None, At(ORGANIZATION, "Organization.Id")]
    management_account_id: Annotated[str | None, At(ORGANIZATION, "Organization.MasterAccountId")]
    feature_set: Annotated[str | None, At(ORGANIZATION, "Organization.FeatureSet")]
    levels: Annotated[tuple[Level, ...] | None, At(PARENTS, "Parents", levels)]
    """From the root down to the account itself."""
    ai_opt_outs: Annotated[dict[str, str] | None, At(EFFECTIVE, "EffectivePolicy.PolicyContent", opt_outs)]
    """`optOut` or `optIn` for each AI service that the effective policy names, and for `default`, which stands for all others.

    None where no policy is in effect."""

    @property
    def path(self) -> str:
        """Return where the account stands, as `aws:PrincipalOrgPaths` gives it: `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`."""
        return "".join(f"{step}/" for step in (self.id, *(one.id for one in self.levels or ())) if step)


@record
class ServiceControlPolicy(Record):
    """A limit on what users and roles of accounts may do; which apply to an account, its `Organization.levels` tell."""

    content: Annotated[str, At(POLICY, "Policy.Content", document)]


@record
class ResourceControlPolicy(Record):
    """A limit on what anyone may do to resources of accounts."""

    content: Annotated[str, At(POLICY, "Policy.Content", document)]
    target_ids: Annotated[tuple[str, ...], At(TARGETS, "Targets", targets)]


def service_control_policies(inventory: Inventory, organization: Organization) -> tuple[tuple[str, ...], ...]:
    """Return the documents that limit the account's users and roles, level by level from the root down; none where they are not in use.

    Raises NotCollected where a policy that applies was not read. They never bind the management account: the caller sees to that.
    """
    at_levels = organization.levels or ()
    if not any(level.policies for level in at_levels):
        return ()
    if not all(level.policies for level in at_levels):
        # "Every root, OU, and account must have at least one": taken as it is, such a level would forbid everything.
        raise NotCollected("Organization.levels", Gap(Reason.MALFORMED, "a level without a policy", PARENTS))
    return tuple(tuple(_content(inventory, arn) for arn in level.policies) for level in at_levels)


def _content(inventory: Inventory, arn: str) -> str:
    for policy in inventory.by(ServiceControlPolicy, "arn", arn):
        return policy.content
    raise NotCollected("ServiceControlPolicy", Gap(Reason.GONE, f"{arn} is attached and was not listed", resource=arn))


def resource_control_policies(inventory: Inventory, organization: Organization) -> Iterator[str]:
    """Yield the documents that limit what may be done to the account's resources. Raises NotCollected where one may be missing."""
    for level in organization.levels or ():
        for policy in inventory.by(ResourceControlPolicy, "target_ids", level.id or organization.account):
            yield policy.content
