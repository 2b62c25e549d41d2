"""IAM users take roles that reach AI with a second factor alone.

Why: a trust policy that names the account lets every user in whose own policies allow it. A stolen key of a user who may do nothing
else takes the role, and is in production.

Fix: add `"Bool": {"aws:MultiFactorAuthPresent": "true"}` to the statement that trusts the account or the user. A program that takes
the role with a user's key is refused from then on: name its own role in the trust policy instead. People who come through IAM
Identity Center, SAML or OpenID Connect show their second factor there, and no API of AWS tells whether they had to: have their
administrator show it. Other accounts are left to the control over outsiders.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.ai_access import reaches_ai
from hexward.iam.principals import Principal, principal
from hexward.iam.trust import people
from hexward.inventory import Inventory, Role
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:IA-2(1)", "NIST-800-53:IA-2(2)", "PCI-DSS:8.4.2"),
    uses=(Principal,),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
)
def role_mfa(role: Role, inventory: Inventory) -> Iterator[Fault]:
    trusted = tuple(people(role))
    if not trusted:
        raise NotApplicable("the trust policy names no user of this account")
    if reaches_ai(principal(inventory, role)) is None:
        raise NotApplicable("the role reaches nothing of AI")
    for named, alone in trusted:
        if alone:
            yield Fault(f"{named} may take the role without a second factor", field="trust", aspect=named)
