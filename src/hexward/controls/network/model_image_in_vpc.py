"""Models pull their images from a private registry inside the VPC.

Why: an image from a registry inside the VPC comes from a source that the customer runs, by a way that never leaves the customer's
network; whoever takes over a registry outside it puts code beside the weights.

Fix: host the image in a private Docker registry that the model's VPC reaches, and make the model again with the access mode Vpc for
each container. It is advice: SageMaker pulls images of ECR in the other mode only, and ECR with immutable tags and a narrow policy
is sound too. Serverless endpoints take no private registry.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Model
from hexward.inventory.sagemaker import Container
from hexward.model import Fault, Kind, Severity


def inside(container: Container) -> bool:
    """Say whether an image is pulled through the VPC; where nothing is told, SageMaker pulls it."""
    return container.image_config is not None and container.image_config.repository_access_mode == "Vpc"


@control(
    severity=Severity.MEDIUM,
    kind=Kind.ADVICE,
    frameworks=("AWS-AISBP:SageMaker.16", "AWS-AISBP:SageMaker.19"),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html",
)
def model_image_in_vpc(model: Model) -> Iterator[Fault]:
    first = model.primary_container
    if first is not None and not inside(first):
        yield Fault("SageMaker pulls the image from outside the VPC", field="primary_container", aspect="primary")
    pipeline = model.containers or ()
    outside = sum(not inside(container) for container in pipeline)
    if outside:
        says = f"SageMaker pulls the images of {outside} of {len(pipeline)} containers from outside the VPC"
        yield Fault(says, field="containers", aspect="pipeline")
