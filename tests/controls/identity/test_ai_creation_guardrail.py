import pytest

from hexward.controls import judge
from hexward.controls.identity.ai_creation_guardrail import CREATES, ai_creation_guardrail
from tests.build import inventory
from tests.controls.guardrails import allowing, aspects, deny, guard, organization

SUBNETS = deny(
    *(f"sagemaker:{name}" for name, (_, cases) in CREATES.items() if "without subnets" in cases),
    condition={"Null": {"sagemaker:VpcSubnets": "true"}},
)
KEY = deny(
    *(f"sagemaker:{name}" for name, (_, cases) in CREATES.items() if "without a volume key" in cases),
    condition={"Null": {"sagemaker:VolumeKmsKey": "true"}},
)
INTERNET = deny(
    "sagemaker:CreateNotebookInstance", condition={"StringEquals": {"sagemaker:DirectInternetAccess": "Enabled"}}
)

OTHER_DISKS = {"Condition": KEY["Condition"] | {"ForAllValues:StringNotLike": {"sagemaker:InstanceTypes": "ml.g5.*"}}}

PASS = inventory(organization(), allowing(), guard(SUBNETS, KEY, INTERNET))
FAIL = inventory(organization(), allowing(), guard(SUBNETS, KEY))


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([SUBNETS, KEY, INTERNET], set()),
        ([SUBNETS, KEY], {"CreateNotebookInstance"}),
        ([SUBNETS, INTERNET], {name for name in CREATES if name != "CreateModel"}),
        # Without direct internet a notebook needs a subnet anyhow.
        ([KEY, INTERNET], {name for name in CREATES if "Endpoint" not in name} - {"CreateNotebookInstance", "CreateTransformJob"}),
        ([deny("sagemaker:Create*")], set()),
([SUBNETS, KEY | OTHER_DISKS, INTERNET], set()),
    ],
)  # fmt: skip
def test_each_call_that_leaves_something_out_is_a_fault_of_its_own(statements, expected):
    assert aspects(ai_creation_guardrail, *statements) == {f"sagemaker:{name}" for name in expected}


def test_says_what_is_missing():
    one = organization()
    [fault] = judge(ai_creation_guardrail, one, inventory(one, allowing(), guard(SUBNETS, KEY))).faults
    assert fault.says == "no guardrail stops sagemaker:CreateNotebookInstance with direct internet access in us-east-1"
