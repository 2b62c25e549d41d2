import pytest

from hexward.controls.identity.trust_confused_deputy import trust_confused_deputy
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge
from tests.controls.identity.build import policy, role


def trusting(service: str, **condition: object) -> str:
    more = {"Condition": condition} if condition else {}
    return policy(Principal={"Service": f"{service}.amazonaws.com"}, Action="sts:AssumeRole", **more)


OURS = {"aws:SourceAccount": ACCOUNT}
PASS = inventory(role(trust=trusting("sagemaker", StringEquals=OURS)))
FAIL = inventory(role(trust=trusting("sagemaker")))


@pytest.mark.parametrize(
    ("trust", "status"),
    [
        (trusting("bedrock", ArnLike={"aws:SourceArn": f"arn:aws:bedrock:*:{ACCOUNT}:*"}), Status.PASS),
        (trusting("bedrock", ArnLike={"aws:SourceArn": "arn:aws:bedrock:*:*:agent/*"}), Status.FAIL),
        (trusting("bedrock-agentcore", StringEquals={"aws:SourceOrgID": "o-ours"}), Status.PASS),
        (trusting("sagemaker", StringLike={"aws:SourceAccount": "*"}), Status.FAIL),
        (trusting("sagemaker", StringEqualsIfExists=OURS), Status.PASS),
        (trusting("sagemaker", StringEquals={"aws:RequestedRegion": "eu-west-1"}), Status.FAIL),
        (trusting("lambda"), Status.NOT_APPLICABLE),
        ('{"Statement": "sagemaker.amazonaws.com"}', Status.UNKNOWN),
    ],
)
def test_asks_what_the_service_may_do_for_a_stranger(trust, status):
    assert judge(trust_confused_deputy, role(trust=trust)).status is status
