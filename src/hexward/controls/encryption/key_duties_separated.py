"""Nobody but administrators may both manage a key and decrypt with it.

Why: one stolen role that can do both reads the data and then changes the policy or schedules the key's deletion, so that nobody can
stop it or read the data again.

Fix: give management (`kms:Put*`, `kms:ScheduleKeyDeletion` and the like) and use (`kms:Decrypt`, `kms:GenerateDataKey`) to different
roles, in the key's policy and in their own; `kms:*` in a role's policy is both, wherever a key's policy leaves it to IAM. Key policy,
their own policies, boundary and the organisation's are weighed together; those of the organisation that were not seen are taken to
forbid nothing. Administrators are left to the controls that look for them.
"""

from collections.abc import Callable, Iterator
from functools import partial

from hexward.controls import NotApplicable, control
from hexward.iam.outsiders import members, policy_allows
from hexward.iam.principals import DECRYPTS, MANAGES_KEYS, Principal, administers, may_under
from hexward.inventory import Inventory, Key, NotCollected, note, readable
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-5", "NIST-800-53:SC-12"),
    uses=(Principal,),
    source="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
)
def key_duties_separated(key: Key, inventory: Inventory) -> Iterator[Fault]:
    if key.manager != "CUSTOMER" or key.policy is None:
        raise NotApplicable("AWS writes the policies of its own keys")
    for arn, may in _suspects(key, key.policy, inventory):
        try:
            managing = next((one for one in MANAGES_KEYS if may(one)), None)
            if managing is not None and may(DECRYPTS):
                yield Fault(f"{arn} may decrypt with the key and also {managing}", field="policy", aspect=arn)
        except NotCollected as missing:
            note(missing)


def _suspects(key: Key, policy: str, inventory: Inventory) -> Iterator[tuple[str, Callable[[str], bool]]]:
    """Yield whoever may hold both duties, each with what says whether it may do an action on the key."""
    named = tuple(members(key, policy))
    for who in readable(inventory.by(Principal, "holds_both_key_duties", True), "arn"):  # noqa: FBT003
        if who.arn not in named:
            yield who.arn, partial(_may, who, key, policy)
    for arn in named:
        found = next(iter(inventory.by(Principal, "arn", arn)), None)
        if found is None:
            yield arn, partial(policy_allows, key, policy, arn)
        elif not administers(found):
            yield arn, partial(_may, found, key, policy)


def _may(who: Principal, key: Key, policy: str, action: str) -> bool:
    return may_under(who, policy, action, key.arn)
