from hexward.controls.encryption.agent_memory_customer_key import agent_memory_customer_key
from hexward.inventory import AgentMemory
from tests.build import inventory, seen
from tests.controls.encryption.references import ARN, KEY, every_reference, status_under

PASS = inventory(seen(AgentMemory, encryption_key_arn=ARN), KEY)
FAIL = inventory(seen(AgentMemory, encryption_key_arn=None), KEY)


@every_reference
def test_the_reference_is_followed_to_the_key(reference, manager, status):
    assert status_under(agent_memory_customer_key, seen(AgentMemory, encryption_key_arn=reference), manager) is status
