import pytest

from hexward.controls.identity.ai_role_no_service_wildcard import ai_role_no_service_wildcard
from tests.build import inventory, judge
from tests.controls.identity.build import POWER_USER, READS_ONE_BUCKET, policy, role, workload

PASS = inventory(role(READS_ONE_BUCKET), workload())
FAIL = inventory(role(policy(Action="s3:*")), workload())


@pytest.mark.parametrize(
    ("document", "services"),
    [
        (policy(Action=["s3:*", "kms:*"]), {"s3", "kms"}),
        (policy(Action="s3:*", Resource="arn:aws:s3:::*"), {"s3"}),
        (policy(Action="s3:*", Resource="arn:aws:s3:::train*"), set()),
        (policy(Action="s3:Get*"), set()),
        (POWER_USER, {"bedrock", "kms", "s3", "sagemaker"}),
        (policy(NotAction=["kms:*", "s3:DeleteBucket"]), {"bedrock", "s3", "sagemaker"}),
        (policy(Action="kms:*", Condition={"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}), set()),
    ],
)
def test_names_each_service_that_is_held_whole(document, services):
    verdict = judge(ai_role_no_service_wildcard, role(document), workload())
    assert {fault.aspect for fault in verdict.faults} == services
