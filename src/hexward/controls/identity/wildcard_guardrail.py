"""Guardrails keep users and roles from granting everything to anyone.

Why: whoever may attach policies makes administrators; a "temporary" AdministratorAccess stayed on a role for 14 months. No policy
of an organisation can forbid documents that say Action and Resource `*`, for no condition sees what a document says: only what puts
it into force can be denied.

Fix: in a service control policy deny Attach{Role,User,Group}Policy of AdministratorAccess, PowerUserAccess and `*FullAccess` by
`iam:PolicyARN`, and deny Put{Role,User,Group}Policy, CreatePolicy, CreatePolicyVersion and SetDefaultPolicyVersion, but for the role
that deploys, or for roles with the workload boundary by `iam:PermissionsBoundary`. People then change permissions by the pipeline
alone; what the exempt role does is not seen. No guardrail binds the management account: move what runs in it.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.guardrail import LOOKS_AT, Attempt, unstopped
from hexward.inventory import Inventory, Organization
from hexward.model import Fault, Severity

BROAD = ("AdministratorAccess", "PowerUserAccess", "IAMFullAccess", "AmazonS3FullAccess", "AmazonSageMakerFullAccess")
KINDS = ("Role", "User", "Group")
VERSIONS = ("iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion")


def attempts(partition: str) -> Iterator[Attempt]:
    """Yield each way to put a broad policy into force; those that are changed have no permissions boundary."""
    bare: dict[str, object] = {"iam:permissionsboundary": None}
    cases = {name: {**bare, "iam:policyarn": f"arn:{partition}:iam::aws:policy/{name}"} for name in BROAD}
    for kind in KINDS:
        place = f"arn:{{partition}}:iam::{{account}}:{kind.lower()}/*"
        yield Attempt(f"iam:Attach{kind}Policy", place, cases)
        yield Attempt(f"iam:Put{kind}Policy", place, {"": bare})
    for action in VERSIONS:
        yield Attempt(action, "arn:{partition}:iam::{account}:policy/*")


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-3", "NIST-800-53:AC-6(10)"),
    uses=LOOKS_AT,
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
)
def wildcard_guardrail(organization: Organization, inventory: Inventory) -> Iterator[Fault]:
    yield from unstopped(organization, inventory, attempts(inventory.partition))
