"""Guardrails let nobody use AI in regions where the account runs none.

Why: an intruder starts GPUs and calls models where nobody looks: in a region without workloads, trails or detectors. What cannot run
there need not be watched there.

Fix: in a service control policy deny what is asked in regions other than those in use (`StringNotEquals` on `aws:RequestedRegion`),
but for global services. Calls of Bedrock's global inference profiles come with the region `unspecified`: a list of allowed regions
refuses them unless it names that, a list of denied ones lets prompts go anywhere. Regions in which only programs call Bedrock are
taken for unused: nothing in the account shows them. No guardrail binds the management account: move what runs in it.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.guardrail import LOOKS_AT, Attempt, unstopped
from hexward.inventory import Inventory, NotCollected, Organization, Workload, exists, note
from hexward.inventory.region import within
from hexward.model import Fault, Severity

DIRECT: dict[str, object] = {"bedrock:inferenceprofilearn": None}
"""Bedrock hands calls of inference profiles on to other regions; that these are exempt is no hole for other calls."""

USES: dict[str, tuple[str, dict[str, object]]] = {
    "bedrock:InvokeModel": ("arn:{partition}:bedrock:{region}::foundation-model/*", {}),
    "ec2:RunInstances": ("arn:{partition}:ec2:{region}:{account}:instance/*", {"ec2:instancetype": "p5.48xlarge"}),
    "sagemaker:CreateTrainingJob": (
        "arn:{partition}:sagemaker:{region}:{account}:training-job/*",
        {"sagemaker:instancetypes": ["ml.m5.xlarge"]},
    ),
}
"""What an intruder wants of a region: models, machines with GPUs, training."""


def unused(inventory: Inventory) -> Iterator[str]:
    """Yield the audited regions in which no AI workload runs; one that is not known is noted."""
    for region in inventory.regions:
        try:
            if not exists(within(inventory.of(Workload), region), lambda _: True):
                yield region
        except NotCollected as missing:
            note(missing)


def attempts(inventory: Inventory) -> Iterator[Attempt]:
    """Yield each use of AI in regions that have none."""
    regions = tuple(unused(inventory))
    if regions:
        for action, (place, keys) in USES.items():
            yield Attempt(action, place, {"": DIRECT | keys}, regions=regions)


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:CM-7",),
    uses=LOOKS_AT,
    source="https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html",
)
def region_guardrail(organization: Organization, inventory: Inventory) -> Iterator[Fault]:
    yield from unstopped(organization, inventory, attempts(inventory))
