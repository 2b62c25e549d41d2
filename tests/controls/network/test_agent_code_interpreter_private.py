import pytest

from hexward.controls.network.agent_code_interpreter_private import agent_code_interpreter_private
from hexward.inventory import CodeInterpreter
from hexward.inventory.bedrock_agentcore_control import ToolNetwork
from hexward.model import Status
from tests.build import inventory, judge, seen


def interpreter(mode: str) -> CodeInterpreter:
    return seen(CodeInterpreter, network=ToolNetwork(mode))


PASS = inventory(interpreter("VPC"))
FAIL = inventory(interpreter("PUBLIC"))


@pytest.mark.parametrize("mode", ["PUBLIC", "SANDBOX"])
def test_a_sandbox_fails_as_a_public_network_does(mode):
    verdict = judge(agent_code_interpreter_private, interpreter(mode))
    assert verdict.status is Status.FAIL
    assert mode in verdict.faults[0].says
