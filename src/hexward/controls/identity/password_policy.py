"""Passwords of IAM users are long, and do not come back.

Why: passwords of eight characters are guessed, and one that leaked years ago works again as soon as its owner returns to it. It
opens Studio and the console.

Fix: set a password policy of at least 14 characters that remembers 24 former passwords. It holds from each user's next change of
password; nobody is locked out. Better, have people sign in through IAM Identity Center, whose passwords this policy does not reach.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, PasswordPolicy, User, exists
from hexward.model import Fault, Severity

SHORTEST, REMEMBERED = 14, 24
DEFAULT = 8
"""How short a password may be where the account sets no policy."""


@control(
    severity=Severity.MEDIUM,
    frameworks=("CIS-AWS:1.7", "CIS-AWS:1.8", "NIST-800-53:IA-5"),
    uses=(User,),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
)
def password_policy(policy: PasswordPolicy, inventory: Inventory) -> Iterator[Fault]:
    if not exists(inventory.of(User), lambda user: bool(user.login.password_enabled)):
        raise NotApplicable("no user has a password")
    length = DEFAULT if policy.minimum_password_length is None else policy.minimum_password_length
    if length < SHORTEST:
        yield Fault(f"passwords of {length} characters will do", field="minimum_password_length", aspect="length")
    remembered = policy.password_reuse_prevention or 0
    if remembered < REMEMBERED:
        says = f"a password may come back after {remembered} others"
        yield Fault(says, field="password_reuse_prevention", aspect="reuse")
