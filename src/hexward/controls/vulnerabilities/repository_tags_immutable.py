"""Tags of images cannot be moved to other images.

Why: whoever may push moves the tag that endpoints and jobs pull, and the next machine that starts runs the intruder's image under
the approved name.

Fix: make the repository's tags immutable, without exceptions such as `latest`, and give each build a tag of its own. Pipelines that
push the same tag twice fail until they do.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Repository
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:ECR.2", "NIST-800-53:CM-2", "NIST-800-53:SI-7", "OWASP-LLM:LLM03"),
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
)
def repository_tags_immutable(repository: Repository) -> Iterator[Fault]:
    rule = repository.image_tag_mutability
    if rule == "IMMUTABLE_WITH_EXCLUSION":
        excepted = ", ".join(one.filter for one in repository.image_tag_mutability_exclusion_filters or ())
        yield Fault(f"tags that match {excepted} can be moved to other images", field="image_tag_mutability")
    elif rule != "IMMUTABLE":
        yield Fault("tags can be moved to other images", field="image_tag_mutability")
