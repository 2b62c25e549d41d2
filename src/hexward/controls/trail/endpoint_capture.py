"""Endpoints record what they are asked and what they answer.

Why: CloudTrail tells that an endpoint was called, never with what; without a record nobody can tell afterwards which prompts drew the
data or the model out, or since when the answers were wrong.

Fix: make an endpoint configuration with data capture to a bucket of its own, under a customer-managed key, and update the endpoint to
it. It is advice: what is recorded is as sensitive as the requests, and costs storage. Serverless endpoints record nothing.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Endpoint, EndpointConfig, Inventory
from hexward.inventory.endpoints import config_of
from hexward.model import Fault, Kind, Severity


@control(
    severity=Severity.LOW,
    kind=Kind.ADVICE,
    frameworks=("NIST-800-53:AU-12",),
    uses=(EndpointConfig,),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture.html",
)
def endpoint_capture(endpoint: Endpoint, inventory: Inventory) -> Iterator[Fault]:
    capture = endpoint.data_capture_config
    if capture is not None and capture.capture_status == "Started":
        return
    if all(variant.serverless_config is not None for variant in config_of(inventory, endpoint).production_variants):
        raise NotApplicable("it is serverless")
    says = "requests are not recorded" if capture is None else f"the recording of requests is {capture.capture_status}"
    yield Fault(says, field="data_capture_config")
