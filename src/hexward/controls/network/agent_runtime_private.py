"""Agent runtimes run in the account's own VPC.

Why: an agent does what its prompts talk it into. With a public network it sends what it knows anywhere on the internet, where no
security group, endpoint policy or flow log of yours sees it.

Fix: update the runtime to VPC mode with private subnets and security groups; what it calls outside AWS then needs a proxy or a NAT
gateway, and AWS's services endpoints. Who may call the runtime is a matter of its authorizer and of IAM, which this does not judge.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import AgentRuntime
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-AISBP:BedrockAgentCore.1", "NIST-800-53:SC-7"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/bedrockagentcore-controls.html#bedrockagentcore-1",
)
def agent_runtime_private(runtime: AgentRuntime) -> Iterator[Fault]:
    mode = runtime.network.network_mode
    if mode != "VPC":
        yield Fault(f"the agent reaches the internet past any VPC: its network is {mode}", field="network")
