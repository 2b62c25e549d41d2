"""Inspector scans every AI image, function and instance that it can.

Why: Inspector may be on and still pass over what matters: an image that no rule of the registry names, a function on a language that
it cannot read, an instance without an agent. The list of findings is short then, and looks like good news.

Fix: the fault names Inspector's reason. Add the repository to the registry's rules for continuous scans, take the exclusion tag off,
or let the instance be managed by Systems Manager. New accounts stop after 14 days without a push or use on a cluster, and SageMaker is
no cluster: count pulls, or choose a longer time. Inspector bills what it scans. An image is found by its digest or today's tag.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Function, InspectorCoverage, Inventory, NotCollected, Workload, note
from hexward.inventory.scanned import Target, coverage_of, in_words, targets_of
from hexward.model import Fault, Gap, Reason, Severity


def coverage(inventory: Inventory, workload: Workload, target: Target) -> InspectorCoverage | None:
    """Return how Inspector scans a target, None if not at all. Raises NotCollected where that is not known.

    A function whose code is an image is scanned where the image lies, and which image it is, the list of functions does not tell.
    """
    row = coverage_of(inventory, target)
    function = None if row is not None else inventory.find(Function, workload.arn)
    if function is not None and function.runtime is None:
        gap = Gap(Reason.NOT_COLLECTED, "which image the function runs is not told", region=workload.region)
        raise NotCollected("Function.image", gap)
    return row


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:RA-5", "PCI-DSS:6.3.1", "PCI-DSS:11.3.1"),
    uses=(InspectorCoverage, Function),
    source="https://docs.aws.amazon.com/inspector/latest/user/assessing-coverage.html",
)
def ai_compute_covered(workload: Workload, inventory: Inventory) -> Iterator[Fault]:
    targets = list(targets_of(inventory, workload))
    if not targets:
        raise NotApplicable("nothing of it is of a kind that Inspector scans")
    for target in targets:
        try:
            row = coverage(inventory, workload, target)
        except NotCollected as unseen:
            # One target that cannot be judged must not keep the others from it.
            note(unseen)
            continue
        if row is None:
            yield Fault(f"{target.says} is not known to Inspector", field=target.field, aspect=target.name)
        elif row.status != "ACTIVE":
            says = f"Inspector does not scan {target.says}: {in_words(row.reason)}"
            yield Fault(says, field=target.field, aspect=target.name)
