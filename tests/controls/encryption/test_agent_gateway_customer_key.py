from hexward.controls.encryption.agent_gateway_customer_key import agent_gateway_customer_key
from hexward.inventory import AgentGateway
from tests.build import inventory, seen
from tests.controls.encryption.references import ARN, KEY, every_reference, status_under

PASS = inventory(seen(AgentGateway, kms_key_arn=ARN), KEY)
FAIL = inventory(seen(AgentGateway, kms_key_arn=None), KEY)


@every_reference
def test_the_reference_is_followed_to_the_key(reference, manager, status):
    assert status_under(agent_gateway_customer_key, seen(AgentGateway, kms_key_arn=reference), manager) is status
