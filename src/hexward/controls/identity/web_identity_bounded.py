"""Roles that trust a public identity provider tell whose tokens they take.

Why: GitHub Actions, Cognito and Google sign tokens for everyone. A role that trusts the provider alone, or any subject, is taken
by whoever opens an account there and runs a workflow of their own.

Fix: add a condition on the token to the statement: `token.actions.githubusercontent.com:sub` with your organisation and repository
(`repo:acme/train:*`), `cognito-identity.amazonaws.com:aud` with your identity pool, the `aud` or `app_id` of your application for
Google, Amazon and Facebook. Workflows and applications that it leaves out are refused from then on. A resource control policy
that keeps strangers out counts, where it was seen. Providers of your own are not judged.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.limits import Limits, limits_of
from hexward.iam.web_identity import trusted, trusts_anyone_of
from hexward.inventory import Inventory, Role
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=("NIST-800-53:AC-3",),
    uses=(Limits,),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
)
def web_identity_bounded(role: Role, inventory: Inventory) -> Iterator[Fault]:
    hosts = trusted(role)
    if not hosts:
        raise NotApplicable("no public identity provider may take the role")
    for host in hosts:
        if trusts_anyone_of(role, host, limits_of(inventory).rcps):
            yield Fault(f"anyone with an account of {host} may take the role", field="trust", aspect=host)
