"""Roles of AI workloads hold no service as a whole.

Why: with `s3:*` on everything a training job can empty every bucket; with `kms:*` it can schedule keys for deletion, and with
`sagemaker:*` or `bedrock:*` it can run up a bill and read other teams' models. `NotAction` grants the same without naming it.

Fix: name the actions, buckets, keys, models and endpoints that the workload uses. Whatever was forgotten is refused from then on,
so compare with the calls that the trail shows first. Policies of the organisation that were not seen are taken to forbid nothing.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.principals import Principal, principal
from hexward.iam.rights import whole_services
from hexward.inventory import Inventory, Role, Workload, exists
from hexward.model import Fault, Severity

SERVICES = ("bedrock", "kms", "s3", "sagemaker")


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-FSBP:IAM.21", "NIST-800-53:AC-6"),
    uses=(Workload, Principal),
    source="https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-no-statements-with-full-access.html",
)
def ai_role_no_service_wildcard(role: Role, inventory: Inventory) -> Iterator[Fault]:
    if not exists(inventory.by(Workload, "role_arns", role.arn), lambda _: True):
        raise NotApplicable("no AI workload runs as this role")
    field = "inline" if role.inline else "attached"
    for service in whole_services(principal(inventory, role), SERVICES):
        yield Fault(f"the role may do anything in {service}, on all resources", field=field, aspect=service)
