"""Secrets of AI workloads rotate by themselves, on time, and within 90 days.

Why: a database password or a model vendor's key that never changes works for whoever copied it from a notebook, a log or an old
laptop for as long as nobody notices; a rotation that fails in silence is no rotation.

Fix: set up rotation, by the service itself for databases or with a function for keys of others, and look at the function's log where
rotations fail. Clients must fetch the secret each time they connect, or the first rotation cuts them off. Its use by a function is
known where the function's environment names the secret.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.inventory import Function, Inventory, Secret, Workload
from hexward.inventory.ai_data import belongs_to_ai
from hexward.model import Fault, Severity

MAX_AGE = timedelta(days=90)
GRACE = timedelta(days=1)
"""A rotation may come at any hour of its day."""


@control(
    severity=Severity.MEDIUM,
    frameworks=(
        "AWS-FSBP:SecretsManager.1",
        "AWS-FSBP:SecretsManager.2",
        "AWS-FSBP:SecretsManager.4",
        "NIST-800-53:IA-5",
        "PCI-DSS:8.6.3",
    ),
    uses=(Function, Workload),
    source="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html",
)
def secret_rotated(secret: Secret, inventory: Inventory) -> Iterator[Fault]:
    if not belongs_to_ai(inventory, secret):
        raise NotApplicable("neither a tag nor an AI function says that AI uses it")
    if secret.primary_region not in {None, secret.region}:
        raise NotApplicable(f"it is a copy of the one in {secret.primary_region}, which rotates for it")
    if not secret.rotation_enabled:
        if secret.owner is not None:
            raise NotApplicable(f"{secret.owner} keeps it, and nobody else can change it")
        yield Fault("it never rotates by itself", field="rotation_enabled", aspect="off")
        return
    now = inventory.collected_at
    if secret.next_rotation is not None and now - secret.next_rotation > GRACE:
        late = (now - secret.next_rotation).days
        yield Fault(f"its rotation is {late} days late", field="next_rotation", aspect="late")
    age = now - (secret.last_rotated or secret.created)
    if age > MAX_AGE + GRACE:
        yield Fault(f"it last rotated {age.days} days ago", field="last_rotated", aspect="age")
