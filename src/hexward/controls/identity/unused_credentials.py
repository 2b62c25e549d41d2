"""Passwords and access keys that nobody used for 45 days are switched off.

Why: a forgotten password or key still opens the account, and nobody misses it or notices when somebody else begins to use it. Those
of people and contractors who have left are the first that leak.

Fix: deactivate the key, or take the console password away; both can be given back. Delete them some weeks later. A job that runs
once a quarter fails until its key is active again: give it a role instead. IAM's report is up to four hours old.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, NotCollected, User, note
from hexward.inventory.iam import Login
from hexward.model import Fault, Gap, Reason, Severity

LONGEST = timedelta(days=45)


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:IAM.8", "CIS-AWS:1.11", "NIST-800-53:AC-2(3)"),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html",
)
def unused_credentials(user: User, inventory: Inventory) -> Iterator[Fault]:
    held = tuple(_held(user.login))
    if not held:
        raise NotApplicable("the user has neither a password nor an active access key")
    for name, field, last in held:
        if last is None:
            # What was never used counts from when it was made or changed; without that date too, nothing is known.
            note(NotCollected(f"User.login.{field}", Gap(Reason.MALFORMED, f"the report gives no date for {name}")))
        elif inventory.collected_at - last > LONGEST:
            days = (inventory.collected_at - last).days
            yield Fault(f"{name} was not used for {days} days", field=f"login.{field}", aspect=name)


def _held(login: Login) -> Iterator[tuple[str, str, datetime | None]]:
    """Yield each credential that works, the field that tells its last use, and that time, or else when it was made."""
    if login.password_enabled:
        yield "the password", "password_last_used", login.password_last_used or login.password_last_changed
    if login.access_key_1_active:
        used = login.access_key_1_last_used_date or login.access_key_1_last_rotated
        yield "access_key_1", "access_key_1_last_used_date", used
    if login.access_key_2_active:
        used = login.access_key_2_last_used_date or login.access_key_2_last_rotated
        yield "access_key_2", "access_key_2_last_used_date", used
