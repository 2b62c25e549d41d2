import pytest

from hexward.controls.encryption.agent_gateway_customer_key import agent_gateway_customer_key
from hexward.inventory import AgentGateway, Alias, Key
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
KEY = seen(Key, ARN, manager="CUSTOMER")
ALIAS = seen(Alias, f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/ai", target_key_id="k1")

PASS = inventory(seen(AgentGateway, kms_key_arn=ARN), KEY)
FAIL = inventory(seen(AgentGateway, kms_key_arn=None), KEY)


@pytest.mark.parametrize(
    ("reference", "manager", "status"),
    [
        (ARN, "AWS", Status.FAIL),
        (ALIAS.arn, "CUSTOMER", Status.PASS),
        (ALIAS.arn, "AWS", Status.FAIL),
        (f"arn:aws:kms:{REGION}:444455556666:key/k2", "CUSTOMER", Status.UNKNOWN),
    ],
)
def test_the_reference_is_followed_to_the_key(reference, manager, status):
    key = seen(Key, ARN, manager=manager)
    assert judge(agent_gateway_customer_key, seen(AgentGateway, kms_key_arn=reference), key, ALIAS).status is status
