import pytest

from hexward.controls.identity.invoke_allow_list import invoke_allow_list
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge
from tests.controls.identity.build import EVERYTHING, READS_ONE_BUCKET, policy, role, workload

MODELS = "arn:aws:bedrock:us-east-1::foundation-model/"
PROFILE = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/us.amazon.nova-pro-v1:0"


def invoking(*resources: str, action: str = "bedrock:InvokeModel*", **condition: object) -> str:
    more = {"Condition": condition} if condition else {}
    return policy(Action=action, Resource=list(resources), **more)


PASS = inventory(role(invoking(f"{MODELS}amazon.nova-pro-v1:0")), workload())
FAIL = inventory(role(invoking("*")), workload())


@pytest.mark.parametrize(
    ("document", "status"),
    [
        (invoking(f"{MODELS}*"), Status.FAIL),
        (invoking("arn:aws:bedrock:*::foundation-model/*"), Status.FAIL),
        (invoking("*", action="bedrock:InvokeModelWithResponseStream"), Status.FAIL),
        (invoking("arn:aws:bedrock:*::foundation-model/anthropic.*"), Status.PASS),
        (invoking("arn:aws:bedrock:eu-west-3::foundation-model/*"), Status.PASS),
        (invoking(PROFILE), Status.PASS),
        (invoking(PROFILE, f"{MODELS}*", StringLike={"bedrock:InferenceProfileArn": PROFILE}), Status.PASS),
        (invoking("*", StringLike={"bedrock:InferenceProfileArn": "*"}), Status.FAIL),
        (invoking("*", StringEquals={"aws:RequestedRegion": "us-east-1"}), Status.FAIL),
        (EVERYTHING, Status.FAIL),
        (READS_ONE_BUCKET, Status.NOT_APPLICABLE),
        (policy(Action="bedrock:List*"), Status.NOT_APPLICABLE),
        ("no JSON", Status.UNKNOWN),
    ],
)
def test_a_family_or_a_profile_is_a_name(document, status):
    assert judge(invoke_allow_list, role(document), workload()).status is status


def test_roles_that_no_workload_runs_as_are_left_out():
    assert judge(invoke_allow_list, role(invoking("*"))).status is Status.NOT_APPLICABLE
