import pytest

from hexward.controls.identity.ai_role_no_managed_full_access import ai_role_no_managed_full_access
from hexward.inventory.iam import Attached
from tests.build import ACCOUNT, inventory, judge
from tests.controls.identity.build import attached, role, workload

PASS = inventory(role(managed=("AmazonS3ReadOnlyAccess",)), workload())
FAIL = inventory(role(managed=("AmazonSageMakerFullAccess",)), workload())
OWN = Attached(policy_name="TrainFullAccess", policy_arn=f"arn:aws:iam::{ACCOUNT}:policy/TrainFullAccess")


@pytest.mark.parametrize(
    ("policies", "named"),
    [
        (attached("AWSLambda_FullAccess", "PowerUserAccess"), {"AWSLambda_FullAccess", "PowerUserAccess"}),
        (attached("AmazonBedrockFullAccess", "AmazonBedrockReadOnly"), {"AmazonBedrockFullAccess"}),
        ((OWN,), set()),
    ],
)
def test_names_each_broad_policy_of_aws(policies, named):
    verdict = judge(ai_role_no_managed_full_access, role(attached=policies), workload())
    assert {fault.aspect for fault in verdict.faults} == named
