"""No AI workload runs as an administrator.

Why: code in a notebook, a training image or an inference function is as strong as its role. One poisoned package under an
administrator's role owns the account; so it was in the account that lost $243,000 over a weekend.

Fix: write a policy with the buckets, keys and calls that the workload uses, attach it and detach the broad one; or set a
permissions boundary first, which takes effect at once. Whatever was forgotten is refused from then on. Policies of the
organisation that were not seen are taken to forbid nothing.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.principals import Principal, principal
from hexward.iam.rights import administers
from hexward.inventory import Inventory, Role, Workload, exists
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=("AWS-FSBP:IAM.1", "NIST-800-53:AC-6"),
    uses=(Workload, Principal),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
)
def ai_role_no_admin(role: Role, inventory: Inventory) -> Iterator[Fault]:
    if not exists(inventory.by(Workload, "role_arns", role.arn), lambda _: True):
        raise NotApplicable("no AI workload runs as this role")
    if administers(principal(inventory, role)):
        says = "an AI workload runs as this role, which may do everything, or permit it to itself"
        yield Fault(says, field="inline" if role.inline else "attached")
