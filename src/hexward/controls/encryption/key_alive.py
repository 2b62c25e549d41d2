"""Keys that encrypt AI data are neither disabled nor about to be deleted.

Why: without its key a training set, a model or a notebook's volume is lost for good when the waiting period of 7 to 30 days ends;
whoever may schedule the deletion of a key can hold the data to ransom.

Fix: cancel the deletion and enable the key again. If it really should go, copy the data under another key first.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, Key
from hexward.inventory.kms import UNUSABLE
from hexward.inventory.purpose import ENCRYPTED, encrypted_with
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=("AWS-FSBP:KMS.3", "NIST-800-53:SC-12"),
    uses=ENCRYPTED,
    source="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
)
def key_alive(key: Key, inventory: Inventory) -> Iterator[Fault]:
    if key.manager != "CUSTOMER":
        raise NotApplicable("AWS looks after its own keys")
    users = encrypted_with(inventory, key)
    first = next(users, None)
    if first is None:
        raise NotApplicable("no AI data that was seen refers to it")
    # Whoever else uses a key that works, and may not have been seen, changes nothing.
    if key.state in UNUSABLE:
        arns = sorted({first.arn, *(user.arn for user in users)})
        others = f" and {len(arns) - 1} more" if len(arns) > 1 else ""
        yield Fault(f"the key of {arns[0]}{others} is in state {key.state}", field="state")
