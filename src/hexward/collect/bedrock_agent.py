"""Collects knowledge bases with their data sources, and agents with their aliases."""

from hexward.collect.table import Answers, Call, Table, Within
from hexward.inventory import Agent, AgentAlias, DataSource, KnowledgeBase
from hexward.inventory.bedrock_agent import DRAFT

PAGE = {"maxResults": 1000}
TAGS = Call("ListTagsForResource", {"resourceArn": "$itself"})


def _numbered(answers: Answers) -> bool:
    """Say whether an alias leads to a version; the draft is none that AWS would describe as such."""
    routes = answers["bedrock-agent:ListAgentAliases"].get("routingConfiguration") or [{}]
    return routes[0].get("agentVersion") not in {None, DRAFT}


TABLES = (
    Table(
        KnowledgeBase,
        "bedrock-agent",
        Call("ListKnowledgeBases", PAGE),
        "knowledgeBaseSummaries[]",
        "arn:{partition}:bedrock:{region}:{account}:knowledge-base/{knowledgeBaseId}",
        details=(Call("GetKnowledgeBase", {"knowledgeBaseId": "$knowledgeBaseId"}), TAGS),
    ),
    Table(
        DataSource,
        "bedrock-agent",
        Call("ListDataSources", {**PAGE, "knowledgeBaseId": "$knowledgeBaseId"}),
        "dataSourceSummaries[]",
        "arn:{partition}:bedrock:{region}:{account}:knowledge-base/{knowledgeBaseId}/data-source/{dataSourceId}",
        within=Within(Call("ListKnowledgeBases", PAGE), "knowledgeBaseSummaries[]"),
        details=(Call("GetDataSource", {"knowledgeBaseId": "$knowledgeBaseId", "dataSourceId": "$dataSourceId"}),),
    ),
    Table(
        Agent,
        "bedrock-agent",
        Call("ListAgents", PAGE),
        "agentSummaries[]",
        "arn:{partition}:bedrock:{region}:{account}:agent/{agentId}",
        details=(Call("GetAgent", {"agentId": "$agentId"}), TAGS),
    ),
    Table(
        AgentAlias,
        "bedrock-agent",
        Call("ListAgentAliases", {**PAGE, "agentId": "$agentId"}),
        "agentAliasSummaries[]",
        "arn:{partition}:bedrock:{region}:{account}:agent-alias/{agentId}/{agentAliasId}",
        within=Within(Call("ListAgents", PAGE), "agentSummaries[]"),
        details=(
            Call(
                "GetAgentVersion",
                {"agentId": "$agentId", "agentVersion": "$routingConfiguration[].agentVersion"},
                needed=_numbered,
            ),
        ),
    ),
)
