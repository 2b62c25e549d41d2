"""Inspector in each region: what it scans, what it does not and why, and what it found."""

import re
from datetime import datetime
from typing import Annotated

from hexward.inventory.record import At, Part, Record, record

STATUS = "inspector2:BatchGetAccountStatus"
OF = "accounts[].resourceState"
COVERAGE = "inspector2:ListCoverage"
COVERED = "coveredResources[]"
FINDINGS = "inspector2:ListFindings"
FOUND = "findings[]"
ON = f"{FOUND}.resources[]"

_IMAGE = re.compile(r"(?P<repository>arn:[^:]+:ecr:.+)/(?P<digest>sha256:[0-9a-f]+)")
_FUNCTION = re.compile(r"(?P<function>arn:[^:]+:lambda:[^:]+:\d+:function:[^:]+)(?::.+)?")


def names_of(resource_id: str, tags: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the texts under which others look for a resource that Inspector knows by its id.

    An image goes by its repository's ARN with `@` and its digest, and with `:` and each of its tags; a function by its ARN without
    the version; an instance by its id. https://docs.aws.amazon.com/inspector/v2/APIReference/API_CoveredResource.html
    """
    image = _IMAGE.fullmatch(resource_id)
    if image is not None:
        repository, digest = image.group("repository", "digest")
        return (f"{repository}@{digest}", *(f"{repository}:{tag}" for tag in tags or ()))
    function = _FUNCTION.fullmatch(resource_id)
    return (resource_id,) if function is None else (function["function"],)


@record
class InspectorRegion(Record):
    """Inspector in one region: the status of each kind of scan, ENABLED or another word.

    https://docs.aws.amazon.com/inspector/v2/APIReference/API_ResourceState.html
    """

    ec2: Annotated[str, At(STATUS, f"{OF}.ec2.status")]
    ecr: Annotated[str, At(STATUS, f"{OF}.ecr.status")]
    lambda_: Annotated[str, At(STATUS, f"{OF}.lambda.status")]
    lambda_code: Annotated[str, At(STATUS, f"{OF}.lambdaCode.status")]


@record
class InspectorCoverage(Record):
    """An image, function or instance whose packages Inspector knows of: `status` is ACTIVE or INACTIVE, and `reason` says why.

    `image_tags` is None for what is no image, and for an image without tags.
    """

    resource_id: Annotated[str, At(COVERAGE, f"{COVERED}.resourceId")]
    status: Annotated[str, At(COVERAGE, f"{COVERED}.scanStatus.statusCode")]
    reason: Annotated[str, At(COVERAGE, f"{COVERED}.scanStatus.reason")]
    last_scanned_at: Annotated[datetime | None, At(COVERAGE, f"{COVERED}.lastScannedAt")]
    image_tags: Annotated[tuple[str, ...] | None, At(COVERAGE, f"{COVERED}.resourceMetadata.ecrImage.tags")]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the texts under which a workload's parts are looked up. Raises NotCollected if they were not read."""
        return names_of(self.resource_id, self.image_tags)


@record
class InspectorNetworkCoverage(Record):
    """An instance whose reachability from other networks Inspector works out; its ARN is the instance's."""

    instance_id: Annotated[str, At(COVERAGE, f"{COVERED}.resourceId")]
    status: Annotated[str, At(COVERAGE, f"{COVERED}.scanStatus.statusCode")]
    reason: Annotated[str, At(COVERAGE, f"{COVERED}.scanStatus.reason")]
    tags: Annotated[dict[str, str] | None, At(COVERAGE, f"{COVERED}.resourceMetadata.ec2.tags")]


class Package(Part, rename="camel"):
    """A package with a known hole; `fixed_in_version` is missing, or NotAvailable, where nobody has mended it."""

    name: str
    version: str
    fixed_in_version: str | None = None


@record
class InspectorFinding(Record):
    """An active finding whose severity is CRITICAL or HIGH; the lesser ones are most of all and are not collected.

    `fix_available` is YES, NO or PARTIAL, and None where Inspector tells of no fix.
    https://docs.aws.amazon.com/inspector/v2/APIReference/API_Finding.html
    """

    severity: Annotated[str, At(FINDINGS, f"{FOUND}.severity")]
    first_observed_at: Annotated[datetime, At(FINDINGS, f"{FOUND}.firstObservedAt")]
    fix_available: Annotated[str | None, At(FINDINGS, f"{FOUND}.fixAvailable")]
    resource_id: Annotated[str, At(FINDINGS, f"{ON}.id")]
    image_tags: Annotated[tuple[str, ...] | None, At(FINDINGS, f"{ON}.details.awsEcrContainerImage.imageTags")]
    vulnerability_id: Annotated[
        str | None, At(FINDINGS, f"{FOUND}.packageVulnerabilityDetails.vulnerabilityId")
    ]  # None for a hole in the customer's own code
    packages: Annotated[
        tuple[Package, ...] | None, At(FINDINGS, f"{FOUND}.packageVulnerabilityDetails.vulnerablePackages")
    ]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the texts under which a workload's parts are looked up. Raises NotCollected if they were not read."""
        return names_of(self.resource_id, self.image_tags)


class Ports(Part, rename="camel"):
    """A range of ports, both ends included."""

    begin: int
    end: int

    def __str__(self) -> str:
        """Return the port, or the first and the last."""
        return str(self.begin) if self.begin == self.end else f"{self.begin}-{self.end}"


@record
class InspectorNetworkFinding(Record):
    """Ports of an instance that are reached from outside its VPC, through a gateway, a load balancer or a peering.

    https://docs.aws.amazon.com/inspector/latest/user/findings-types.html#findings-types-network
    """

    instance_id: Annotated[str, At(FINDINGS, f"{ON}.id")]
    instance_type: Annotated[str | None, At(FINDINGS, f"{ON}.details.awsEc2Instance.type")]
    protocol: Annotated[str, At(FINDINGS, f"{FOUND}.networkReachabilityDetails.protocol")]
    ports: Annotated[Ports, At(FINDINGS, f"{FOUND}.networkReachabilityDetails.openPortRange")]
