"""What of an AI workload a vulnerability scanner can see, how Inspector scans it, and what it found there."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hexward.inventory.ecr import image_name
from hexward.inventory.inspector2 import InspectorCoverage, InspectorFinding
from hexward.inventory.inventory import Inventory
from hexward.inventory.record import NotCollected, best, note, readable
from hexward.inventory.region import within
from hexward.inventory.workloads import Workload
from hexward.model import Gap, Reason


class Target(NamedTuple):
    """Something of a workload that Inspector can scan; `name` is what Inspector's records are looked up by, `says` what people call it.

    `field` is the workload's field that tells of it.
    """

    name: str
    says: str
    region: str
    field: str


def targets_of(inventory: Inventory, workload: Workload) -> Iterator[Target]:
    """Yield the images of this account's registries, and the function or the instance that runs a workload.

    A tag stands for the image that bears it today, which need not be the one that runs. Raises NotCollected if the images were not read.
    """
    _, partition, service, region, account, *rest = workload.arn.split(":", 5)
    resource = rest[0] if rest else ""
    if service == "lambda" and resource.startswith("function:"):
        yield Target(f"arn:{partition}:lambda:{region}:{account}:{resource}", "the function", region, "name")
    if service == "ec2" and resource.startswith("instance/"):
        yield Target(resource.removeprefix("instance/"), "the instance", region, "name")
    yield from image_targets(inventory, (ref.value for ref in workload.images), workload.account)


def image_targets(inventory: Inventory, images: Iterable[str], account: str) -> Iterator[Target]:
    """Yield those of some images that lie in an account's own registries, each once."""
    for text in dict.fromkeys(images):
        image = image_name(text)
        if image is not None and image.account == account:
            which = f"@{image.digest}" if image.digest else f":{image.tag}"
            repository = f"arn:{inventory.partition}:ecr:{image.region}:{image.account}:repository/{image.name}"
            yield Target(f"{repository}{which}", f"{image.name}{which}", image.region, "images")


def coverage_of(inventory: Inventory, target: Target) -> InspectorCoverage | None:
    """Return how Inspector scans a target, None if it surely knows nothing of it.

    An id that Inspector holds twice is scanned if either is. Raises NotCollected where that is not known.
    """
    if target.region not in inventory.regions:
        raise _unseen(f"{target.region} was not asked for", target.region)
    listing = within(inventory.by(InspectorCoverage, "names", target.name), target.region)
    # A reason that was not read would end a loop over targets halfway, so both words must be there.
    return best(listing, lambda one: bool(one.status and one.reason), lambda one: one.status == "ACTIVE")


def findings_of(inventory: Inventory, target: Target, *fields: str) -> Iterator[InspectorFinding]:
    """Yield the critical and high findings of a target, of which these fields were read.

    What keeps them from being all is noted: a target that Inspector does not scan is unknown without findings, and never clean.
    """
    yield from readable(within(inventory.by(InspectorFinding, "names", target.name), target.region), *fields)
    note_unless_scanned(inventory, target)


def note_unless_scanned(inventory: Inventory, target: Target) -> None:
    """Note whatever keeps a target from being one that Inspector scans: then nothing found is no good news."""
    try:
        row = coverage_of(inventory, target)
    except NotCollected as missing:
        note(missing)
        return
    if row is None:
        note(_unseen(f"Inspector does not know {target.says}", target.region))
    elif row.status != "ACTIVE":
        note(_unseen(f"Inspector does not scan {target.says}: {in_words(row.reason)}", target.region))


def in_words(reason: str) -> str:
    """Return a reason of Inspector's (`NO_INVENTORY`) as it stands in a sentence."""
    return reason.lower().replace("_", " ")


def _unseen(detail: str, region: str) -> NotCollected:
    return NotCollected("InspectorCoverage", Gap(Reason.NOT_COLLECTED, detail, region=region))
