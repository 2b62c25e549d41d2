"""Endpoints encrypt the volumes of their machines with a key that the customer manages.

Why: the volume of an endpoint's machine holds the model and whatever requests its container writes down; under AWS's own key
nobody can see or stop its decryption.

Fix: make an endpoint configuration with a customer-managed key and update the endpoint to it; traffic moves without a break.
Serverless variants and machines with disks of their own take no key.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Alias, EndpointConfig, Inventory, Key
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html",
)
def endpoint_customer_key(config: EndpointConfig, inventory: Inventory) -> Iterator[Fault]:
    variants = (*config.production_variants, *(config.shadow_production_variants or ()))
    if not any(variant.has_volume for variant in variants):
        raise NotApplicable("all its variants are serverless or keep their data on disks that the hardware encrypts")
    if not customer_managed(inventory, config.kms_key_id, config.region):
        yield Fault("the endpoint's volumes are encrypted with a key that AWS manages", field="kms_key_id")
