"""Requests and answers that an endpoint records are encrypted with a key that the customer manages.

Why: what people ask a model, and what it answers, is often more sensitive than the model; without a customer's key whoever may
read the bucket reads the conversations.

Fix: make an endpoint configuration whose data capture names a customer-managed key and update the endpoint to it; what was
recorded before keeps its key until it is copied onto itself.
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
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataCaptureConfig.html",
)
def data_capture_customer_key(config: EndpointConfig, inventory: Inventory) -> Iterator[Fault]:
    capture = config.data_capture_config
    # Left out, the switch is on.
    if capture is None or capture.enable_capture is False:
        raise NotApplicable("it records no requests")
    if not customer_managed(inventory, capture.kms_key_id, config.region):
        yield Fault("recorded requests are encrypted with a key that AWS manages", field="data_capture_config")
