"""Repositories of container images."""

from typing import Annotated

from hexward.inventory.policy import document
from hexward.inventory.record import At, Part, Record, record

REPOSITORIES = "ecr:DescribeRepositories"


class ImageScanning(Part, rename="camel"):
    """Whether an image is scanned when it is pushed."""

    scan_on_push: bool


class Encryption(Part, rename="camel"):
    """How images are encrypted at rest."""

    encryption_type: str
    kms_key: str | None = None


@record
class Repository(Record):
    """A repository; `image_tag_mutability` begins with IMMUTABLE where a tag cannot be moved to another image."""

    name: Annotated[str, At(REPOSITORIES, "repositories[].repositoryName")]
    uri: Annotated[str, At(REPOSITORIES, "repositories[].repositoryUri")]
    image_tag_mutability: Annotated[str, At(REPOSITORIES, "repositories[].imageTagMutability")]
    image_scanning_configuration: Annotated[
        ImageScanning, At(REPOSITORIES, "repositories[].imageScanningConfiguration")
    ]
    encryption_configuration: Annotated[Encryption | None, At(REPOSITORIES, "repositories[].encryptionConfiguration")]
    policy: Annotated[str | None, At("ecr:GetRepositoryPolicy", "policyText", document)]
