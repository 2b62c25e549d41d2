"""Whoever may make users and roles, or give them policies, can make none that is stronger than a boundary.

Why: who may make a role and give it a policy writes any policy into it, and has a notebook or a function run as that role. A
permissions boundary is what keeps the delegate from becoming the administrator.

Fix: set a permissions boundary on the creator, allow creating and attaching only under the condition `iam:PermissionsBoundary`
with that boundary's ARN, and allow nobody but administrators to take boundaries off or to put another in their place. Pipelines
that make roles must name the boundary from then on. Administrators are left to the controls that look for them; policies of the
organisation that were not seen are taken to forbid nothing.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.principals import Principal, partition_of
from hexward.iam.rights import administers, may_somewhere
from hexward.model import Fault, Severity

CREATES = (
    "iam:CreateRole",
    "iam:CreateUser",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
)
"""Calls that a condition on `iam:PermissionsBoundary` can limit; see
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html."""

TAKES_OFF = ("iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary")
SWAPS = ("iam:PutRolePermissionsBoundary", "iam:PutUserPermissionsBoundary")
WITHOUT = {"iam:permissionsboundary": None}


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-6", "NIST-800-53:AC-6(10)"),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
)
def boundary_on_creators(principal: Principal) -> Iterator[Fault]:
    if not any(may_somewhere(principal, call) for call in CREATES):
        raise NotApplicable("it may make no user or role, and give nobody a policy")
    if administers(principal):
        raise NotApplicable("it is an administrator, whom no boundary holds")
    free = [call for call in CREATES if may_somewhere(principal, call, context=WITHOUT)]
    if free:
        yield Fault(
            f"it may call {', '.join(free)} for users or roles without a boundary", field="identity", aspect="made"
        )
    removable = [call for call in TAKES_OFF if may_somewhere(principal, call)]
    if removable:
        yield Fault(f"it may call {', '.join(removable)}", field="identity", aspect="off")
    looser = {"iam:permissionsboundary": f"arn:{partition_of(principal)}:iam::aws:policy/AdministratorAccess"}
    swaps = [call for call in SWAPS if may_somewhere(principal, call, context=looser)]
    if swaps:
        yield Fault(f"it may call {', '.join(swaps)} with any boundary", field="identity", aspect="swapped")
    if principal.boundary is None:
        yield Fault("it makes users or roles, and has no boundary itself", field="boundary", aspect="own")
