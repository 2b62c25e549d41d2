"""Agents and guardrails are asked for by what AWS tells of them: tags by their ARN, versions one by one, drafts not as versions."""

from collections.abc import Mapping
from typing import Any

import pytest

from hexward.collect.collect import tables_for
from hexward.inventory import Agent, AgentAlias, DataSource, Guardrail, Record
from hexward.inventory.bedrock_agent import AgentGuardrail
from tests.aws.recorded import Recorded, Telling
from tests.build import ACCOUNT, REGION
from tests.collect.account import collected

AGENTS = {"agentSummaries": [{"agentId": "A1", "agentName": "support", "agentStatus": "PREPARED"}]}
ARN = f"arn:aws:bedrock:{REGION}:{ACCOUNT}"


def seen_of[R: Record](kind: type[R], answers: Mapping[str, Telling]) -> list[R]:
    seen = collected(Recorded(answers), tables_for([kind]))
    assert seen.gaps == []
    return [one for one in seen.records if isinstance(one, kind)]


def test_tags_of_an_agent_are_asked_for_by_the_arn_that_its_listing_does_not_tell():
    def tags(_region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        return {"tags": {"asked": str(arguments["resourceArn"])}}

    answers: dict[str, Telling] = {
        "bedrock-agent:ListAgents": AGENTS,
        "bedrock-agent:GetAgent": {"agent": {"agentResourceRoleArn": "arn:aws:iam::1:role/r"}},
        "bedrock-agent:ListTagsForResource": tags,
    }
    [one] = seen_of(Agent, answers)
    assert one.tags == {"asked": f"{ARN}:agent/A1"}
    assert one.customer_encryption_key_arn is None


def version(_region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
    assert arguments == {"agentId": "A1", "agentVersion": "3"}
    return {"agentVersion": {"guardrailConfiguration": {"guardrailIdentifier": "g1", "guardrailVersion": "2"}}}


@pytest.mark.parametrize(
    ("routes", "of", "guardrail"),
    [
        ([{"agentVersion": "3"}], "3", AgentGuardrail("g1", "2")),
        ([{"agentVersion": "DRAFT"}], "DRAFT", None),
        ([], None, None),
        (None, None, None),
    ],
)
def test_an_alias_is_followed_to_its_version_and_a_draft_is_none(routes, of, guardrail):
    alias = {"agentAliasId": "L1", "agentAliasName": "live"}
    answers: dict[str, Telling] = {
        "bedrock-agent:ListAgents": AGENTS,
        "bedrock-agent:ListAgentAliases": {
            "agentAliasSummaries": [alias if routes is None else {**alias, "routingConfiguration": routes}]
        },
        "bedrock-agent:GetAgentVersion": version,
    }
    [one] = seen_of(AgentAlias, answers)
    assert (one.arn, one.version, one.guardrail) == (f"{ARN}:agent-alias/A1/L1", of, guardrail)


def test_every_version_of_a_guardrail_is_a_record():
    def listed(_region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        versions = ("DRAFT", "1", "2") if arguments.get("guardrailIdentifier") == f"{ARN}:guardrail/g1" else ("DRAFT",)
        one = {"id": "g1", "arn": f"{ARN}:guardrail/g1", "name": "chat"}
        return {"guardrails": [{**one, "version": version} for version in versions]}

    def described(_region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        return {"kmsKeyArn": f"key of {arguments['guardrailIdentifier']} {arguments['guardrailVersion']}"}

    found = seen_of(Guardrail, {"bedrock:ListGuardrails": listed, "bedrock:GetGuardrail": described})
    assert {one.arn: one.kms_key_arn for one in found} == {
        f"{ARN}:guardrail/g1:{version}": f"key of g1 {version}" for version in ("DRAFT", "1", "2")
    }


def test_a_data_source_without_a_key_of_its_own_has_none():
    answers: dict[str, Telling] = {
        "bedrock-agent:ListKnowledgeBases": {"knowledgeBaseSummaries": [{"knowledgeBaseId": "K1", "name": "docs"}]},
        "bedrock-agent:ListDataSources": {
            "dataSourceSummaries": [{"knowledgeBaseId": "K1", "dataSourceId": "D1", "name": "manuals"}]
        },
        "bedrock-agent:GetDataSource": {"dataSource": {"dataSourceConfiguration": {"type": "CUSTOM"}}},
    }
    [one] = seen_of(DataSource, answers)
    assert (one.arn, one.kms_key_arn) == (f"{ARN}:knowledge-base/K1/data-source/D1", None)
