"""Active access keys of users are no older than 90 days.

Why: a long-lived key ends up in notebooks, images and repositories, and works for whoever finds it. The older it is, the more
copies there are, and the fewer people know where.

Fix: give people and programs roles with temporary credentials. Where a key must stay, make a second one, switch the program over,
then deactivate the old key, and delete it a week later; a program that still used it fails in between, and can be put right.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, NotCollected, User
from hexward.model import Fault, Gap, Reason, Severity

OLDEST = timedelta(days=90)


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:IAM.3", "NIST-800-53:AC-2(3)", "PCI-DSS:8.6.3"),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
)
def access_key_age(user: User, inventory: Inventory) -> Iterator[Fault]:
    login = user.login
    keys = (
        ("access_key_1", login.access_key_1_active, login.access_key_1_last_rotated),
        ("access_key_2", login.access_key_2_active, login.access_key_2_last_rotated),
    )
    if not any(active for _, active, _ in keys):
        raise NotApplicable("the user has no active access key")
    undated = ""
    for name, active, rotated in keys:
        if active and rotated is None:
            undated = f"login.{name}_last_rotated"
        elif active and rotated is not None and inventory.collected_at - rotated > OLDEST:
            age = (inventory.collected_at - rotated).days
            yield Fault(f"{name} was last changed {age} days ago", field=f"login.{name}_last_rotated", aspect=name)
    if undated:
        raise NotCollected(f"User.{undated}", Gap(Reason.MALFORMED, "the report gives no date for an active key"))
