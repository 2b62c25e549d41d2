"""Nobody but administrators may both manage a key and decrypt with it.

Why: one stolen role that can do both reads the data and then changes the policy or schedules the key's deletion, so that nobody can
stop it or read the data again.

Fix: give management (`kms:Put*`, `kms:ScheduleKeyDeletion` and the like) and use (`kms:Decrypt`, `kms:GenerateDataKey`) to different
roles, in the key's policy and in their own; `kms:*` in a role's policy is both, wherever a key's policy leaves it to IAM. Key policy,
their own policies, boundary and the organisation's are weighed together; those of the organisation that were not seen are taken to
forbid nothing. Administrators are left to the controls that look for them.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.outsiders import members, policy_allows
from hexward.iam.principals import Principal
from hexward.iam.rights import DECRYPTS, MANAGES_KEYS, KeyKeeper, administers, may_under
from hexward.inventory import Inventory, Key, NotCollected, note, readable
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-5", "NIST-800-53:SC-12"),
    uses=(KeyKeeper, Principal),
    source="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
)
def key_duties_separated(key: Key, inventory: Inventory) -> Iterator[Fault]:
    if key.manager != "CUSTOMER" or key.policy is None:
        raise NotApplicable("AWS writes the policies of its own keys")
    keepers = [keeper.arn for keeper in readable(inventory.of(KeyKeeper))]
    for arn in dict.fromkeys((*members(key, key.policy), *keepers)):
        try:
            managing = _manages(key, key.policy, arn, inventory)
        except NotCollected as missing:
            note(missing)
            continue
        if managing:
            yield Fault(f"{arn} may decrypt with the key and also {managing}", field="policy", aspect=arn)


def _manages(key: Key, policy: str, arn: str, inventory: Inventory) -> str:
    """Return an action by which someone manages the key who may decrypt with it too; an empty text if there is none."""
    who = next(iter(inventory.by(Principal, "arn", arn)), None)
    if who is not None and administers(who):
        return ""

    def may(action: str) -> bool:
        if who is None:
            return policy_allows(key, policy, arn, action)
        return may_under(who, policy, action, key.arn)

    managing = next((one for one in MANAGES_KEYS if may(one)), "")
    return managing if managing and may(DECRYPTS) else ""
