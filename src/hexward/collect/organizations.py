"""Collects the organisation of the account, the levels from its root down to the account, and the policies that limit accounts."""

from collections.abc import Mapping

from hexward.collect.table import Ask, Call, Report, Table
from hexward.inventory import Organization, ResourceControlPolicy, ServiceControlPolicy
from hexward.model import Gap, Reason

ALONE = ("AWSOrganizationsNotInUseException",)
"""What AWS answers where the account belongs to no organisation."""

PARENTS = "ListParents"
ATTACHED = "ListPoliciesForTarget"
MOST_LEVELS = 10
"""Above an account; AWS has a root and at most five organisational units, one within another."""


def listing(kind: str) -> dict[str, object]:
    """Return what asks for policies of one kind."""
    return {"Filter": kind, "MaxResults": 20}


SCPS = listing("SERVICE_CONTROL_POLICY")


def levels(ask: Ask) -> Mapping[str, object] | Gap:
    """Ask for the service control policies of each level, from the root down to the account.

    Per level, not per policy: an organisation may have thousands of policies, and what is not attached here need not be seen.
    """
    above = _ancestors(ask)
    if isinstance(above, Gap):
        return above
    if not above:
        return {"": {}}
    told = []
    for one in (*above, None):
        found = ask(Call(ATTACHED, {"TargetId": one or "$account", **SCPS}))
        if found.gap is not None:
            return found.gap
        told.append({"Id": one, "Policies": found.data.get("Policies")})
    return {"": {"Parents": told}}


def _ancestors(ask: Ask) -> tuple[str, ...] | Gap:
    """Walk up from the account, and return the ids from the root down; none where there is no organisation.

    https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html
    """
    above: list[str] = []
    while len(above) < MOST_LEVELS:
        found = ask(Call(PARENTS, {"ChildId": above[0] if above else "$account", "MaxResults": 20}, absent=ALONE))
        if found.gap is not None:
            return found.gap
        if found.absent:
            return ()
        match found.data.get("Parents"):
            case [{"Id": str(parent), "Type": str(kind)}] if parent:
                above.insert(0, parent)
            case _:
                break
        if kind == "ROOT":
            return tuple(above)
    return Gap(Reason.MALFORMED, "the parents of the account lead to no root", f"organizations:{PARENTS}")


CONTENT = Call("DescribePolicy", {"PolicyId": "$Id"})

TABLES = (
    Table(
        Organization,
        "organizations",
        Call("DescribeOrganization", absent=ALONE),
        "",
        "arn:{partition}:organizations::{account}:organization",
        details=(
            Call(
                "DescribeEffectivePolicy",
                {"PolicyType": "AISERVICES_OPT_OUT_POLICY", "TargetId": "$account"},
                absent=(*ALONE, "EffectivePolicyNotFoundException"),
            ),
        ),
        report=Report(f"organizations:{PARENTS}", (PARENTS, ATTACHED), "", levels),
        everywhere=False,
    ),
    Table(
        ServiceControlPolicy,
        "organizations",
        Call("ListPolicies", SCPS, absent=ALONE),
        "Policies[]",
        "{Arn}",
        details=(CONTENT,),
        everywhere=False,
    ),
    Table(
        ResourceControlPolicy,
        "organizations",
        Call("ListPolicies", listing("RESOURCE_CONTROL_POLICY"), absent=ALONE),
        "Policies[]",
        "{Arn}",
        details=(CONTENT, Call("ListTargetsForPolicy", {"PolicyId": "$Id", "MaxResults": 20})),
        everywhere=False,
    ),
)
