from hexward.controls.network.agent_browser_private import agent_browser_private
from hexward.inventory import Browser
from hexward.inventory.bedrock_agentcore_control import ToolNetwork
from tests.build import inventory, judge, seen

PASS = inventory(seen(Browser, network=ToolNetwork("VPC")))
FAIL = inventory(seen(Browser, network=ToolNetwork("PUBLIC")))


def test_a_recording_does_not_excuse_a_public_network():
    verdict = judge(agent_browser_private, seen(Browser, network=ToolNetwork("PUBLIC"), recording=None))
    assert [fault.says for fault in verdict.faults] == [
        "the browser reaches the internet past any VPC: its network is PUBLIC"
    ]
