"""Bedrock agents are encrypted with a key that the customer manages.

Why: an agent's instructions and the descriptions of its tools tell an attacker what to ask for, and its sessions hold what users
wrote; under AWS's own key none of it can be made unreadable.

Fix: set a customer-managed key in the agent's settings, let its role and its callers use the key, and prepare a new version. Agents
made before 22 January 2025 encrypt only their sessions with it.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Agent, Alias, Inventory, Key
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/bedrock/latest/userguide/cmk-agent-resources.html",
)
def agent_customer_key(agent: Agent, inventory: Inventory) -> Iterator[Fault]:
    if not customer_managed(inventory, agent.customer_encryption_key_arn, agent.region):
        yield Fault("the agent is encrypted with a key that AWS manages", field="customer_encryption_key_arn")
