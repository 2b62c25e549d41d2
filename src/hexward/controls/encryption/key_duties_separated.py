"""Nobody whom a key's policy names may both manage the key and decrypt with it.

Why: one stolen role that can do both reads the data and then changes the policy or schedules the key's deletion, so that nobody can
stop it or read the data again.

Fix: give management (`kms:Put*`, `kms:ScheduleKeyDeletion` and the like) and use (`kms:Decrypt`, `kms:GenerateDataKey`) to
different roles in the policy. The account's root user, through whom IAM policies work, is not judged, and neither are those policies.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.outsiders import members, policy_allows
from hexward.inventory import Key
from hexward.model import Fault, Severity

MANAGES = ("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion")
DECRYPTS = "kms:Decrypt"


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-5", "NIST-800-53:SC-12"),
    source="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
)
def key_duties_separated(key: Key) -> Iterator[Fault]:
    if key.manager != "CUSTOMER" or key.policy is None:
        raise NotApplicable("AWS writes the policies of its own keys")
    named = tuple(members(key, key.policy))
    if not named:
        raise NotApplicable("its policy names no user or role of the account")
    for member in named:
        managing = [action for action in MANAGES if policy_allows(key, key.policy, member, action)]
        if managing and policy_allows(key, key.policy, member, DECRYPTS):
            yield Fault(f"{member} may decrypt with the key and also {managing[0]}", field="policy", aspect=member)
