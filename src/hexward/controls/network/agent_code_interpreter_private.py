"""Code interpreters that agents use run in the account's own VPC.

Why: an interpreter runs code that a model wrote, perhaps at an attacker's word. In a public network that code reaches everything; in
a sandbox it still reaches S3 and resolves names, and either is a way out.

Fix: create the interpreter again in VPC mode, with subnets that have no way out and endpoints that allow only your buckets, and use it
in place of this one; its network cannot be changed. AWS's own interpreter is not judged.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import CodeInterpreter
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-AISBP:BedrockAgentCore.7", "NIST-800-53:SC-7"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/bedrockagentcore-controls.html#bedrockagentcore-7",
)
def agent_code_interpreter_private(interpreter: CodeInterpreter) -> Iterator[Fault]:
    mode = interpreter.network.network_mode
    if mode != "VPC":
        yield Fault(f"code of agents reaches past any VPC: its network is {mode}", field="network")
