"""AI compute is of a kind that a scanner looks into.

Why: no scanner of AWS looks into SageMaker's notebooks and Studio, into images in the registries of others, AWS's own included, or
into public registries. Their holes are on no list, and a list without them is read as a clean bill.

Fix: copy the image into a registry of this account and pull it from there; then Inspector scans it. An image from a public registry
fails, since anyone may have made it. What AWS keeps is unknown and stays so, and no exception accepts what nobody has seen: let
somebody follow its releases.
Whether Inspector does scan what it can is judged by vulnerabilities.ai_compute_covered.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import InspectorCoverage, Inventory, NotCollected, Workload, note
from hexward.inventory.ecr import image_name
from hexward.inventory.scanned import image_targets, note_unless_scanned, targets_of
from hexward.model import Fault, Gap, Reason, Severity


def unscanned(workload: Workload, detail: str) -> NotCollected:
    """Say that something of a workload is beyond every scanner's sight."""
    return NotCollected("Workload", Gap(Reason.UNSUPPORTED, detail, region=workload.region, resource=workload.arn))


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:RA-5", "OWASP-LLM:LLM03"),
    uses=(InspectorCoverage,),
    source="https://docs.aws.amazon.com/inspector/latest/user/findings-types.html",
)
def ai_compute_without_scanner(workload: Workload, inventory: Inventory) -> Iterator[Fault]:
    targets = list(targets_of(inventory, workload))
    images = list(dict.fromkeys(ref.value for ref in workload.images))
    if not targets and not images:
        if ":sagemaker:" not in workload.arn:
            raise NotApplicable("it has no machine, function or image of the customer's")
        raise unscanned(workload, "no scanner looks into its machine")
    for target in targets:
        note_unless_scanned(inventory, target)
    for text in images:
        if image_name(text) is None:
            says = f"{text} comes from a registry that no scanner of AWS looks into"
            yield Fault(says, field="images", aspect=text.partition("@")[0])
        elif not any(image_targets(inventory, [text], workload.account)):
            note(unscanned(workload, f"{text} is in another account's registry, whose scans are not to be seen"))
