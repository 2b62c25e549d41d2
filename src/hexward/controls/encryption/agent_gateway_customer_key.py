"""Agents' gateways are encrypted with a key that the customer manages.

Why: a gateway holds which tools agents may call, at which addresses and in what form; under AWS's own key that map of internal
services stays readable for whoever may read the gateway.

Fix: name a customer-managed key for the gateway and let its callers' roles use it; calls fail for a role that may not.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import AgentGateway, Alias, Inventory, Key
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-AISBP:BedrockAgentCore.4", "HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/bedrockagentcore-controls.html#bedrockagentcore-4",
)
def agent_gateway_customer_key(gateway: AgentGateway, inventory: Inventory) -> Iterator[Fault]:
    if not customer_managed(inventory, gateway.kms_key_arn, gateway.region):
        yield Fault("the gateway's settings are encrypted with a key that AWS manages", field="kms_key_arn")
