"""Collects AgentCore's runtimes, gateways and memories, and the browsers and code interpreters that the account made."""

from hexward.collect.table import Call, Table
from hexward.inventory import AgentGateway, AgentMemory, AgentRuntime, Browser, CodeInterpreter

SERVICE = "bedrock-agentcore-control"
PAGE = {"maxResults": 100}
OWN = {**PAGE, "type": "CUSTOM"}

TABLES = (
    Table(
        AgentRuntime,
        SERVICE,
        Call("ListAgentRuntimes", PAGE),
        "agentRuntimes[]",
        "{agentRuntimeArn}",
        details=(
            Call("GetAgentRuntime", {"agentRuntimeId": "$agentRuntimeId"}),
            Call("ListTagsForResource", {"resourceArn": "$agentRuntimeArn"}),
        ),
    ),
    Table(
        AgentGateway,
        SERVICE,
        Call("ListGateways", {"maxResults": 1000}),
        "items[]",
        "arn:{partition}:bedrock-agentcore:{region}:{account}:gateway/{gatewayId}",
        details=(Call("GetGateway", {"gatewayIdentifier": "$gatewayId"}),),
    ),
    Table(
        AgentMemory,
        SERVICE,
        Call("ListMemories", PAGE),
        "memories[]",
        "arn:{partition}:bedrock-agentcore:{region}:{account}:memory/{id}",
        # Nothing that the memory's key encrypts is needed, so nobody who audits needs the key.
        details=(Call("GetMemory", {"memoryId": "$id", "view": "without_decryption"}),),
    ),
    Table(
        Browser,
        SERVICE,
        Call("ListBrowsers", OWN),
        "browserSummaries[]",
        "{browserArn}",
        details=(Call("GetBrowser", {"browserId": "$browserId"}),),
    ),
    Table(
        CodeInterpreter,
        SERVICE,
        Call("ListCodeInterpreters", OWN),
        "codeInterpreterSummaries[]",
        "{codeInterpreterArn}",
        details=(Call("GetCodeInterpreter", {"codeInterpreterId": "$codeInterpreterId"}),),
    ),
)
