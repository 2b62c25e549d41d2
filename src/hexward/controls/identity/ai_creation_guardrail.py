"""Guardrails let nobody create SageMaker resources outside a VPC, under AWS's keys, or with internet of SageMaker's.

Why: what an audit finds has by then run for hours: a notebook with direct internet, a training job that no network rule holds. A
guardrail refuses the call itself, for every team and tool.

Fix: in a service control policy deny these calls where `Null` finds no `sagemaker:VpcSubnets` or no `sagemaker:VolumeKmsKey`, and
CreateNotebookInstance where `sagemaker:DirectInternetAccess` is Enabled. Tools that leave these out stop working until they name
subnets and key. Serverless endpoints, and machines with disks of their own, take no volume key: exempt their types by
`sagemaker:InstanceTypes`; the question is asked of ml.m5.xlarge. No guardrail binds the management account: move what runs in it.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.guardrail import LOOKS_AT, Attempt, unstopped
from hexward.inventory import Inventory, Organization
from hexward.model import Fault, Severity

GOOD: dict[str, object] = {
    "sagemaker:directinternetaccess": "Disabled",
    "sagemaker:instancetypes": ["ml.m5.xlarge"],
    "sagemaker:networkisolation": True,
    "sagemaker:volumekmskey": "arn:aws:kms:us-east-1:111122223333:key/any",
    "sagemaker:vpcsecuritygroupids": ["sg-0123456789abcdef0"],
    "sagemaker:vpcsubnets": ["subnet-0123456789abcdef0"],
}
"""A call that lacks nothing; each attempt lacks something of it."""

SUBNETS = {"without subnets": {**GOOD, "sagemaker:vpcsubnets": None}}
KEY = {"without a volume key": {**GOOD, "sagemaker:volumekmskey": None}}
INTERNET = {"with direct internet access": {**GOOD, "sagemaker:directinternetaccess": "Enabled"}}
# A notebook without subnets always has SageMaker's internet: SageMaker takes no call that asks for neither.
OUTSIDE = {"without subnets": {**GOOD, "sagemaker:vpcsubnets": None, "sagemaker:directinternetaccess": "Enabled"}}

CREATES: dict[str, tuple[str, dict[str, dict[str, object]]]] = {
    "CreateEndpointConfig": ("endpoint-config", KEY),
    "CreateHyperParameterTuningJob": ("hyper-parameter-tuning-job", SUBNETS | KEY),
    "CreateModel": ("model", SUBNETS),
    "CreateNotebookInstance": ("notebook-instance", OUTSIDE | KEY | INTERNET),
    "CreateProcessingJob": ("processing-job", SUBNETS | KEY),
    "CreateTrainingJob": ("training-job", SUBNETS | KEY),
    "CreateTransformJob": ("transform-job", KEY),
}
"""The resource that each call is about, and what it should not lack, as far as conditions see it."""

ATTEMPTS = tuple(
    Attempt(f"sagemaker:{action}", f"arn:{{partition}}:sagemaker:{{region}}:{{account}}:{resource}/*", cases, how="")
    for action, (resource, cases) in CREATES.items()
)


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:CM-7", "NIST-800-53:SC-7", "NIST-800-53:SC-28"),
    uses=LOOKS_AT,
    source="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html",
)
def ai_creation_guardrail(organization: Organization, inventory: Inventory) -> Iterator[Fault]:
    yield from unstopped(organization, inventory, ATTEMPTS)
