"""People's access keys reach nothing of AI without a second factor.

Why: a second factor at the console does not guard the key that lies in the same person's home directory. Malware that reads the file
calls models, starts training jobs and opens notebooks as that person.

Fix: deny everything where `aws:MultiFactorAuthPresent` is absent or false (`BoolIfExists`), but for what registering a device needs;
people then ask STS for a session with their code. Better, have them sign in through IAM Identity Center and delete their keys. Users
with a password are taken for people, others for programs. Reading data in buckets is not judged here.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.ai_access import reaches_ai
from hexward.iam.principals import Principal, principal
from hexward.iam.trust import ALONE
from hexward.inventory import Inventory, User
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:IA-2(1)", "NIST-800-53:IA-2(2)", "PCI-DSS:8.4.2"),
    uses=(Principal,),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
)
def access_key_mfa(user: User, inventory: Inventory) -> Iterator[Fault]:
    login = user.login
    if not (login.access_key_1_active or login.access_key_2_active):
        raise NotApplicable("the user has no active access key")
    if not login.password_enabled:
        raise NotApplicable("the user has no password, and is taken for a program")
    who = principal(inventory, user)
    reached = next((call for context in ALONE if (call := reaches_ai(who, context)) is not None), None)
    if reached is not None:
        field = next((name for name in ("inline", "attached") if getattr(user, name)), "groups")
        yield Fault(f"the user's access key alone may call {reached}", field=field)
