"""Agents' memories are encrypted with a key that the customer manages.

Why: a memory keeps what users told an agent, and what it concluded about them, for up to a year; under AWS's own key whoever may read
the memory reads it all, and nobody can make it unreadable after an intrusion.

Fix: create the memory again with a customer-managed key and point the agents to it; the key of an existing memory cannot be changed,
and what it holds is not moved. Whoever uses the memory needs the right to use the key.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import AgentMemory, Alias, Inventory, Key
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-AISBP:BedrockAgentCore.3", "HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/bedrockagentcore-controls.html#bedrockagentcore-3",
)
def agent_memory_customer_key(memory: AgentMemory, inventory: Inventory) -> Iterator[Fault]:
    if not customer_managed(inventory, memory.encryption_key_arn, memory.region):
        yield Fault("what agents remember is encrypted with a key that AWS manages", field="encryption_key_arn")
