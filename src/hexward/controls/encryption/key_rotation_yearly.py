"""Customer-managed keys rotate by themselves at least once a year.

Why: the longer one key's material is in use, the more data a single leak of it opens; whoever got hold of it three years ago
still reads what was written yesterday.

Fix: enable automatic rotation with a period of 365 days or less. Nothing has to be encrypted again: KMS keeps the old material to
decrypt what was written with it.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Key
from hexward.model import Fault, Severity

YEAR_DAYS = 365


@control(
    severity=Severity.HIGH,
    frameworks=("CIS-AWS:3.6", "NIST-800-53:SC-12", "PCI-DSS:3.7.4"),
    source="https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
)
def key_rotation_yearly(key: Key) -> Iterator[Fault]:
    if key.manager != "CUSTOMER":
        raise NotApplicable("AWS rotates its own keys every year")
    if key.spec != "SYMMETRIC_DEFAULT":
        raise NotApplicable(f"KMS rotates no {key.spec} key by itself")
    if key.origin != "AWS_KMS":
        raise NotApplicable(f"KMS rotates no key whose material is of origin {key.origin}")
    if key.state != "Enabled":
        raise NotApplicable(f"KMS rotates no key in state {key.state}")
    days = key.rotates_every_days
    if days is None:
        yield Fault("the key never rotates by itself", field="rotation_enabled")
    elif days > YEAR_DAYS:
        yield Fault(f"the key rotates every {days} days only", field="rotation_period_days")
