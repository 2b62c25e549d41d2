import pytest

from hexward.controls.network.agent_gateway_authorized import agent_gateway_authorized
from hexward.inventory import AgentGateway
from hexward.model import Status
from tests.build import inventory, judge, seen

PASS = inventory(seen(AgentGateway, authorizer_type="AWS_IAM"))
FAIL = inventory(seen(AgentGateway, authorizer_type="NONE"))


@pytest.mark.parametrize(
    ("authorizer", "status"),
    [("CUSTOM_JWT", Status.PASS), ("AUTHENTICATE_ONLY", Status.PASS), ("NONE", Status.FAIL)],
)
def test_only_a_gateway_without_an_authorizer_fails(authorizer, status):
    assert judge(agent_gateway_authorized, seen(AgentGateway, authorizer_type=authorizer)).status is status
