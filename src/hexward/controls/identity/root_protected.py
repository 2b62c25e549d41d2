"""The root user has no access keys, and needs a second factor to sign in.

Why: no policy of the account limits its root user. Whoever holds a root key, or phishes a root password that stands alone, owns
every model, bucket and log there is.

Fix: sign in as root, delete its access keys, and register a hardware or virtual MFA device. In a member account of an organisation
delete the root credentials altogether; tasks that need root are then done from the management account. A script that still uses
the root key stops working.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Account
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=("AWS-FSBP:IAM.4", "NIST-800-53:AC-6", "NIST-800-53:IA-2(1)", "PCI-DSS:8.4.2"),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
)
def root_protected(account: Account) -> Iterator[Fault]:
    if account.root_access_keys:
        yield Fault("the root user has an access key", field="root_access_keys", aspect="keys")
    # Security Hub's IAM.6 passes an account whose root user has no password: there is nothing to sign in with.
    if account.root_mfa != 1 and account.root_password != 0:
        yield Fault("the root user signs in with a password alone", field="root_mfa", aspect="mfa")
