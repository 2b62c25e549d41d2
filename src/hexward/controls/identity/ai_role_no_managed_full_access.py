"""Roles of AI workloads hold none of AWS's broad managed policies.

Why: AmazonSageMakerFullAccess and its like reach every bucket with "sagemaker" in its name, every job and every endpoint. One
poisoned package in one notebook then reaches the data and the models of all teams.

Fix: write a policy with the buckets, keys and calls that the workload uses, attach it, and detach the managed one. Whatever was
forgotten is refused from then on, so do it in a test stage first.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, Role, Workload, exists
from hexward.model import Fault, Severity

BROAD = ("FullAccess", "PowerUserAccess", "AdministratorAccess")
"""How the names of AWS's broad policies end; AWSLambda_FullAccess is one too."""


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-6",),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/security-iam-awsmanpol.html",
)
def ai_role_no_managed_full_access(role: Role, inventory: Inventory) -> Iterator[Fault]:
    if not exists(inventory.by(Workload, "role_arns", role.arn), lambda _: True):
        raise NotApplicable("no AI workload runs as this role")
    for policy in role.attached:
        if ":iam::aws:policy/" in policy.policy_arn and policy.policy_name.endswith(BROAD):
            yield Fault(f"{policy.policy_name} is attached", field="attached", aspect=policy.policy_name)
