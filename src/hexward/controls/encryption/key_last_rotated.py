"""Keys that encrypt have had new material within a year.

Why: a switch that was turned on yesterday has rotated nothing yet. Three years of data under one material are opened by one leak of
it, and the automatic rotation comes only a whole period after it was enabled.

Fix: rotate the key on demand; old data stays readable and nothing has to be encrypted again. A key in a custom store or an asymmetric
one is replaced by a new key; KMS keeps no history of that, so such a key is unknown once it is a year old: show when the data moved.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, Key
from hexward.model import Fault, Severity

MAX_AGE = timedelta(days=365)
GRACE = timedelta(days=7)
"""Automatic rotation takes a while to come round."""


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:SC-12", "PCI-DSS:3.7.4"),
    source="https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
)
def key_last_rotated(key: Key, inventory: Inventory) -> Iterator[Fault]:
    if key.manager != "CUSTOMER":
        raise NotApplicable("AWS rotates its own keys every year")
    # Every symmetric key of this kind encrypts; the others may sign instead.
    if key.spec != "SYMMETRIC_DEFAULT" and key.usage != "ENCRYPT_DECRYPT":
        raise NotApplicable(f"it encrypts nothing: its use is {key.usage}")
    if key.state != "Enabled":
        raise NotApplicable(f"nothing can be encrypted with a key in state {key.state}")
    if inventory.collected_at - key.created <= MAX_AGE + GRACE:
        return
    age = inventory.collected_at - key.material_since
    if age > MAX_AGE + GRACE:
        never = "" if key.rotations else " and never rotated"
        yield Fault(f"its material is {age.days} days old{never}", field="rotations")
