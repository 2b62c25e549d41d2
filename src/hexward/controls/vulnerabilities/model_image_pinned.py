"""Models run images that nobody can swap behind their name.

Why: an endpoint pulls its image again with every machine that it adds. A tag that someone moves puts other code beside the weights
and the requests, without any deployment.

Fix: give the image by its digest (`@sha256:…`), or by a tag of a repository of this account whose tags are immutable, and make the
model anew; updates then take a new model. Whether another account's tags can move is not to be seen, AWS's own deep learning
containers included: such an image is unknown unless its digest is given.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, Model, NotCollected, Repository, note
from hexward.inventory.ecr import ImageName, image_name
from hexward.model import Fault, Severity


def stays(inventory: Inventory, image: ImageName) -> bool:
    """Say whether a tag stays on its image; one of a repository that does not exist can be taken by whoever makes it."""
    arn = f"arn:{inventory.partition}:ecr:{image.region}:{image.account}:repository/{image.name}"
    repository = inventory.find(Repository, arn)
    return repository is not None and repository.holds(image.tag)


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:SI-7", "OWASP-LLM:LLM03"),
    uses=(Repository,),
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
)
def model_image_pinned(model: Model, inventory: Inventory) -> Iterator[Fault]:
    images = list(dict.fromkeys(container.image for container in model.all_containers if container.image))
    if not images:
        raise NotApplicable("its images are those of a model package")
    field = "containers" if model.containers else "primary_container"
    for text in images:
        image = image_name(text)
        name = image.name if image is not None else text.partition("@")[0].rpartition(":")[0] or text
        try:
            pinned = "@sha256:" in text or (image is not None and stays(inventory, image))
        except NotCollected as unseen:
            # One container that cannot be judged must not keep the others from it.
            note(unseen)
            continue
        if not pinned:
            yield Fault(f"{text} can be moved to another image", field=field, aspect=name)
