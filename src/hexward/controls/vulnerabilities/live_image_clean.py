"""Images behind live endpoints were scanned this month and have no critical hole.

Why: an endpoint answers strangers with the image of the day it was deployed. Holes become known afterwards, and a scan on push never
looks again.

Fix: turn on continuous scans for the repository, rebuild the image on a patched base, and update the endpoint to a model of the new
image; SageMaker replaces the machines without a break. An image is found by its digest or by the tag that it bears today, which may
have moved since. Images of other registries are unknown, and ECR's basic scans are not looked at.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.inventory import (
    Endpoint,
    EndpointConfig,
    InspectorCoverage,
    InspectorFinding,
    Inventory,
    Model,
    NotCollected,
    note,
)
from hexward.inventory.endpoints import images_and_data
from hexward.inventory.scanned import Target, coverage_of, findings_of, image_targets
from hexward.model import Fault, Gap, Reason, Severity

MAX_AGE_DAYS = 30


def live_images(inventory: Inventory, endpoint: Endpoint) -> Iterator[Target]:
    """Yield the images behind an endpoint that Inspector can scan; the others are noted."""
    images: list[str] = []
    try:
        images.extend(image for image, _ in images_and_data(inventory, endpoint) if image is not None)
    except NotCollected as missing:
        note(missing)
    for text in dict.fromkeys(images):
        targets = list(image_targets(inventory, [text], endpoint.account))
        if not targets:
            gap = Gap(Reason.UNSUPPORTED, f"{text} is not in a registry of this account", region=endpoint.region)
            note(NotCollected("Model", gap))
        yield from targets


def staleness(inventory: Inventory, image: Target) -> str:
    """Say what is wrong with the time of the last scan, nothing if it is in time. Raises NotCollected where it is not known."""
    row = coverage_of(inventory, image)
    if row is None:
        return "is not known to Inspector"
    if row.last_scanned_at is None:
        return "was never scanned"
    too_old = inventory.collected_at - row.last_scanned_at > timedelta(days=MAX_AGE_DAYS)
    return f"was last scanned on {row.last_scanned_at:%Y-%m-%d}" if too_old else ""


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:RA-5", "NIST-800-53:SI-2", "OWASP-LLM:LLM03"),
    uses=(EndpointConfig, Model, InspectorCoverage, InspectorFinding),
    source="https://docs.aws.amazon.com/inspector/latest/user/scanning-ecr.html",
)
def live_image_clean(endpoint: Endpoint, inventory: Inventory) -> Iterator[Fault]:
    if endpoint.status != "InService":
        raise NotApplicable("it serves nobody")
    for image in live_images(inventory, endpoint):
        try:
            wrong = staleness(inventory, image)
        except NotCollected as missing:
            note(missing)
            wrong = ""
        if wrong:
            yield Fault(f"{image.says} {wrong}", field="endpoint_config_name", aspect=f"scan {image.name}")
        found = findings_of(inventory, image, "severity", "vulnerability_id")
        critical = sorted({one.vulnerability_id or one.arn for one in found if one.severity == "CRITICAL"})
        if critical:
            says = f"critical holes in {image.says}: {len(critical)}, {critical[0]} among them"
            yield Fault(says, field="endpoint_config_name", aspect=f"holes {image.name}")
