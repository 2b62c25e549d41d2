"""Snapshots of disks are shared with nobody outside the account.

Why: whoever may make a disk of a snapshot reads all that was on it, in an account that you do not see. Public snapshots are listed for
everyone and are searched by thieves all the time; sharing one is a favourite way out with training data.

Fix: take back the permission to create volumes, and block public sharing of snapshots for the region. If another account of yours
needs the copy, accept this finding by name with an exception; what was copied before stays where it is.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Snapshot
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=("AWS-FSBP:EC2.1", "HIPAA:164.312(a)(1)", "NIST-800-53:AC-3"),
    source="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html",
)
def snapshot_private(snapshot: Snapshot) -> Iterator[Fault]:
    for permission in snapshot.permissions:
        if permission.group == "all":
            yield Fault("anyone with an AWS account can make a disk of it", field="permissions", aspect="public")
        elif permission.user_id not in {None, snapshot.account}:
            says = f"account {permission.user_id} can make a disk of it"
            yield Fault(says, field="permissions", aspect=f"account {permission.user_id}")
