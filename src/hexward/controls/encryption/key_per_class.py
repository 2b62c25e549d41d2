"""A key encrypts data of one class alone.

Why: whoever may decrypt with a key can read everything under it. Where one key serves public samples and confidential records, a
right that was given for the samples opens the records, and the key cannot be withdrawn for one of them alone.

Fix: make a key for each class of data, set it as the bucket's, disk's or database's key, and copy the data once; the policy of the
old key can then be narrowed. Classes come from tags; what has no such tag is not counted, and a job's output counts as its bucket.
"""

from collections import defaultdict
from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, Key
from hexward.inventory.classified import CLASSIFIED, classified_with
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-4", "NIST-800-53:SC-12"),
    uses=CLASSIFIED,
    source="https://docs.aws.amazon.com/prescriptive-guidance/latest/aws-kms-best-practices/data-protection.html",
)
def key_per_class(key: Key, inventory: Inventory) -> Iterator[Fault]:
    if key.manager != "CUSTOMER":
        raise NotApplicable("AWS decides what its own keys encrypt")
    classes: dict[str, set[str]] = defaultdict(set)
    for name, arn in classified_with(inventory, key):
        classes[name].add(arn)
    if not classes:
        raise NotApplicable("nothing of a known class refers to it")
    if len(classes) > 1:
        examples = ", ".join(f"{name} ({min(arns)})" for name, arns in sorted(classes.items()))
        yield Fault(f"it encrypts data of {len(classes)} classes: {examples}", field="key_id")
