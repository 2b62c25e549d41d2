"""Guardrails keep users and roles from starting the most expensive machines.

Why: with a phished contractor's rights someone ran SageMaker on GPUs for $67,400 in 72 hours. An alarm tells of that when the money
is gone; a guardrail refuses the first machine, in every region.

Fix: in a service control policy deny what starts machines where `ForAnyValue:StringLike` finds `ml.p*`, `ml.g*` or `ml.trn*` in
`sagemaker:InstanceTypes`, and ec2:RunInstances of `p*`, `g*` and `trn*` by `ec2:InstanceType`; exempt the role that starts approved
training, or types that you use. A Deny with `ForAllValues` is not met by a cluster that puts one small machine beside the large.
AutoML and monitoring schedules are not judged, nor is what service-linked roles start, such as Auto Scaling's: no guardrail binds
these, nor the management account: move what runs in it.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.guardrail import LOOKS_AT, Attempt, unstopped
from hexward.inventory import Inventory, Organization
from hexward.model import Fault, Severity

LARGEST = (
    "g6.48xlarge",
    "g6e.48xlarge",
    "p4d.24xlarge",
    "p5.48xlarge",
    "p5en.48xlarge",
    "p6-b200.48xlarge",
    "trn1.32xlarge",
)
"""The largest machines of families that train models, as EC2 names them and, after `ml.`, SageMaker."""

STARTS = {
    "CreateApp": "app",
    "CreateCluster": "cluster",
    "CreateEndpointConfig": "endpoint-config",
    "CreateHyperParameterTuningJob": "hyper-parameter-tuning-job",
    "CreateNotebookInstance": "notebook-instance",
    "CreateProcessingJob": "processing-job",
    "CreateTrainingJob": "training-job",
    "CreateTransformJob": "transform-job",
    "UpdateCluster": "cluster",
    "UpdateNotebookInstance": "notebook-instance",
}
"""What takes `sagemaker:InstanceTypes`, and the resource that it is about.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
"""

MIXED = frozenset({"CreateCluster", "CreateEndpointConfig", "CreateTrainingJob"})
"""What can start machines of several types at once."""


def attempts() -> Iterator[Attempt]:
    """Yield each way to start such a machine."""
    for action, resource in STARTS.items():
        cases: dict[str, dict[str, object]] = {
            f"ml.{one}": {"sagemaker:instancetypes": [f"ml.{one}"]} for one in LARGEST
        }
        if action in MIXED:
            cases["ml.p5.48xlarge beside ml.m5.large"] = {"sagemaker:instancetypes": ["ml.m5.large", "ml.p5.48xlarge"]}
        place = f"arn:{{partition}}:sagemaker:{{region}}:{{account}}:{resource}/*"
        yield Attempt(f"sagemaker:{action}", place, cases)
    types = {one: {"ec2:instancetype": one} for one in LARGEST}
    yield Attempt("ec2:RunInstances", "arn:{partition}:ec2:{region}:{account}:instance/*", types)


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:CM-7", "OWASP-LLM:LLM10"),
    uses=LOOKS_AT,
    source="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html",
)
def gpu_instance_guardrail(organization: Organization, inventory: Inventory) -> Iterator[Fault]:
    yield from unstopped(organization, inventory, attempts())
