"""Repositories of container images, and the names by which images are pulled from them."""

import re
from functools import lru_cache
from typing import Annotated, NamedTuple

from hexward.inventory.policy import document
from hexward.inventory.record import At, Part, Record, record

REPOSITORIES = "ecr:DescribeRepositories"
SCANNING = "ecr:BatchGetRepositoryScanningConfiguration"

_IMAGE = re.compile(
    r"(?P<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?P<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)/"
    r"(?P<name>[^:@]+)(?::(?P<tag>[^@]+))?(?:@(?P<digest>.+))?"
)


class ImageScanning(Part, rename="camel"):
    """Whether an image is scanned when it is pushed."""

    scan_on_push: bool


class Encryption(Part, rename="camel"):
    """How images are encrypted at rest."""

    encryption_type: str
    kms_key: str | None = None


class TagFilter(Part, rename="camel"):
    """Tags that are excepted from a repository's rule on moving tags; `*` stands for any text."""

    filter: str

    def matches(self, tag: str) -> bool:
        """Say whether a tag is excepted."""
        return re.fullmatch(".*".join(map(re.escape, self.filter.split("*"))), tag) is not None


class ImageName(NamedTuple):
    """The name by which an image is pulled from ECR; `digest` is empty where only a tag says which image it is."""

    account: str
    region: str
    name: str
    tag: str
    digest: str


@lru_cache(maxsize=4_096)
def image_name(text: str) -> ImageName | None:
    """Read the name of an image in ECR; None for one of another registry. Without a tag the tag is `latest`.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
    """
    found = _IMAGE.fullmatch(text)
    if found is None:
        return None
    account, region, name, tag, digest = found.group("account", "region", "name", "tag", "digest")
    return ImageName(account, region, name, tag or "latest", digest or "")


@record
class Repository(Record):
    """A repository.

    `image_tag_mutability` says whether a tag can be moved to another image, and whether the tags of the filters are an exception.
    `scan_frequency` is what holds for it after the registry's rules: SCAN_ON_PUSH, CONTINUOUS_SCAN or MANUAL.
    """

    name: Annotated[str, At(REPOSITORIES, "repositories[].repositoryName")]
    uri: Annotated[str, At(REPOSITORIES, "repositories[].repositoryUri")]
    image_tag_mutability: Annotated[str, At(REPOSITORIES, "repositories[].imageTagMutability")]
    image_tag_mutability_exclusion_filters: Annotated[
        tuple[TagFilter, ...] | None, At(REPOSITORIES, "repositories[].imageTagMutabilityExclusionFilters")
    ]
    image_scanning_configuration: Annotated[
        ImageScanning, At(REPOSITORIES, "repositories[].imageScanningConfiguration")
    ]
    scan_frequency: Annotated[str, At(SCANNING, "scanningConfigurations[].scanFrequency")]
    encryption_configuration: Annotated[Encryption | None, At(REPOSITORIES, "repositories[].encryptionConfiguration")]
    policy: Annotated[str | None, At("ecr:GetRepositoryPolicy", "policyText", document)]

    def holds(self, tag: str) -> bool:
        """Say whether a tag stays on its image. Raises NotCollected if the rule was not read.

        https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
        """
        rule = self.image_tag_mutability
        if not rule.endswith("_WITH_EXCLUSION"):
            return rule == "IMMUTABLE"
        excepted = any(one.matches(tag) for one in self.image_tag_mutability_exclusion_filters or ())
        return excepted is rule.startswith("MUTABLE")
