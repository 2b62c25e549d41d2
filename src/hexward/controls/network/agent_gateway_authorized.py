"""Agents' gateways answer nobody whom they do not know.

Why: a gateway calls internal tools on behalf of whoever asks. Without an authorizer anyone who finds its address lists those tools and
uses them with the gateway's own role.

Fix: set the gateway's authorizer to AWS_IAM or CUSTOM_JWT and let its callers sign in; callers without credentials are cut off.
AUTHENTICATE_ONLY passes as it does with AWS: it knows who asks, and leaves to a policy engine or an interceptor what they may do.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import AgentGateway
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-AISBP:BedrockAgentCore.2", "HIPAA:164.312(a)(1)", "NIST-800-53:AC-3", "OWASP-LLM:LLM06"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/bedrockagentcore-controls.html#bedrockagentcore-2",
)
def agent_gateway_authorized(gateway: AgentGateway) -> Iterator[Fault]:
    if gateway.authorizer_type == "NONE":
        yield Fault("the gateway lets anyone call its tools", field="authorizer_type")
