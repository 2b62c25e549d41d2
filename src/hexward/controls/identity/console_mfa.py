"""Users who sign in to the console need a second factor.

Why: a phished password is the usual way in. With it alone an intruder opens SageMaker Studio in a browser, and every action is
recorded as the user's own.

Fix: have each user register an MFA device, and deny everything without `aws:MultiFactorAuthPresent` until they did; better, have
people sign in through IAM Identity Center and delete their IAM users. Who has lost the device cannot sign in until an
administrator removes it.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import User
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-FSBP:IAM.5", "NIST-800-53:IA-2(1)", "PCI-DSS:8.4.2"),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html",
)
def console_mfa(user: User) -> Iterator[Fault]:
    if not user.login.password_enabled:
        raise NotApplicable("the user has no password for the console")
    if not user.login.mfa_active:
        yield Fault("the user signs in to the console with a password alone", field="login.mfa_active")
