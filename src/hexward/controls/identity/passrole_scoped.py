"""Nobody but administrators may pass any role to any service.

Why: who may pass every role can hand the strongest one to a notebook, a training job or a function that they start, and act with
it. A phished data scientist becomes an administrator in two calls.

Fix: name in `iam:PassRole` the roles that are passed, and set `iam:PassedToService` to the services that take them. Whoever
starts jobs under other roles is refused until these are named. Administrators are left to the controls that look for them;
policies of the organisation that were not seen are taken to forbid nothing.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.principals import Principal
from hexward.iam.rights import administers, passes_any_role
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-6",),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
)
def passrole_scoped(principal: Principal) -> Iterator[Fault]:
    if not passes_any_role(principal):
        return
    if administers(principal):
        raise NotApplicable("it is an administrator, who needs no role of others")
    yield Fault("may pass every role to every service", field="identity")
