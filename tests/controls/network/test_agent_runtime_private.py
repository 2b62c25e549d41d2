from hexward.controls.network.agent_runtime_private import agent_runtime_private
from hexward.inventory import AgentRuntime
from hexward.inventory.bedrock_agentcore_control import RuntimeNetwork, RuntimeVpc
from hexward.model import Status
from tests.build import inventory, judge, seen

VPC = RuntimeVpc(("sg-1",), ("subnet-1",))

PASS = inventory(seen(AgentRuntime, network=RuntimeNetwork("VPC", VPC)))
FAIL = inventory(seen(AgentRuntime, network=RuntimeNetwork("PUBLIC", VPC)))


def test_says_which_network_it_has():
    verdict = judge(agent_runtime_private, seen(AgentRuntime, network=RuntimeNetwork("PUBLIC")))
    assert verdict.status is Status.FAIL
    assert [fault.says for fault in verdict.faults] == [
        "the agent reaches the internet past any VPC: its network is PUBLIC"
    ]
