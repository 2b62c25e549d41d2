"""Models run in the account's own VPC, in containers without a network.

Why: a model file can carry code; with a network the container calls home with every request that it answers, and with the
credentials of its role.

Fix: create the model again with subnets, security groups and network isolation, and update the endpoint to it; a container that
calls other services as it answers stops working.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Model
from hexward.model import Fault, Severity


# AWS judges models that no endpoint uses too: an endpoint or a transform job may take them up at any time.
@control(
    severity=Severity.HIGH,
    frameworks=("AWS-AISBP:SageMaker.5", "AWS-FSBP:SageMaker.5", "NIST-800-53:SC-7"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html",
)
def model_isolated(model: Model) -> Iterator[Fault]:
    # Left out, isolation is off.
    if not model.enable_network_isolation:
        yield Fault("the model's containers have a network", field="enable_network_isolation", aspect="isolation")
    if model.vpc_config is None:
        yield Fault(
            "the model runs in a VPC of SageMaker's, not in one of the account's", field="vpc_config", aspect="vpc"
        )
