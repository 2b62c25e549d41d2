"""Other accounts take a role only with an external id or as part of the organisation.

Why: whoever can act in the trusted account, or makes a provider act for them, takes the role and what it may read. A trust in `*`
is a trust in every AWS account there is.

Fix: add `sts:ExternalId` with a value agreed with the provider, or `aws:PrincipalOrgID` for accounts of your own organisation, to
the statement; name the one role that needs it rather than the whole account. Until the other side sends the id, it is refused. A
resource control policy that keeps them out counts, where it was seen. Sign-in through SAML or OpenID Connect is not judged here.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.iam.limits import Limits, limits_of
from hexward.iam.trust import outsiders
from hexward.inventory import Inventory, Role
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-3",),
    uses=(Limits,),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
)
def external_trust(role: Role, inventory: Inventory) -> Iterator[Fault]:
    for outsider in outsiders(role, limits_of(inventory).rcps):
        yield Fault(
            f"{outsider} may take the role without an external id or organisation", field="trust", aspect=outsider
        )
