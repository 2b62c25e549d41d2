"""Guardrails are encrypted with a key that the customer manages.

Why: a guardrail lists what an application refuses to talk about, the names and patterns that it masks included; that list tells an
attacker what is there and how to ask past it.

Fix: set a customer-managed key on the guardrail and let the roles that apply it use the key; calls fail for a role that may not. Each
version is made from the draft, so the draft is judged and stands for the guardrail.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Alias, Guardrail, Inventory, Key
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.LOW,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateGuardrail.html",
)
def guardrail_customer_key(guardrail: Guardrail, inventory: Inventory) -> Iterator[Fault]:
    if guardrail.version != "DRAFT":
        raise NotApplicable("the draft stands for all versions")
    if not customer_managed(inventory, guardrail.kms_key_arn, guardrail.region):
        yield Fault("the guardrail is encrypted with a key that AWS manages", field="kms_key_arn")
