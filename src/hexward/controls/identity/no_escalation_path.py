"""No AI workload's role reaches administration of the account by a known path.

Why: code in a notebook or a training image needs no administrator's role where its own may pass one to a job, open a notebook that
runs under one, or rewrite a policy. One poisoned package then owns the account in two calls, and no policy of the role looks broad.

Fix: name in `iam:PassRole` the roles that the workload passes, take from it the calls that the finding names, or narrow the role at the
end of the path; `hexward paths --to administration` shows every path and the change that stops most. Calls that are taken away are
refused from then on. What is not collected and may open a path (machines, stacks, builds) makes this unknown; policies of the
organisation that were not seen are taken to forbid nothing.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.paths.escalation import Escalation
from hexward.iam.principals import Principal, principal
from hexward.iam.rights import administers
from hexward.inventory import Inventory, Role, Workload, exists
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=("NIST-800-53:AC-6",),
    uses=(Workload, Principal, Escalation),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
)
def no_escalation_path(role: Role, inventory: Inventory) -> Iterator[Fault]:
    if not exists(inventory.by(Workload, "role_arns", role.arn), lambda _: True):
        raise NotApplicable("no AI workload runs as this role")
    if administers(principal(inventory, role)):
        raise NotApplicable("it is an administrator, who needs no path")
    for found in inventory.by(Escalation, "arn", role.arn):
        if found.steps is not None:
            says = f"an AI workload's role becomes an administrator: {', then '.join(found.steps)}"
            yield Fault(says, field="inline" if role.inline else "attached")
