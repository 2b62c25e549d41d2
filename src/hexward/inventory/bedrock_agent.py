"""Bedrock's agents, and the knowledge bases that they look things up in.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Agents_for_Amazon_Bedrock.html describes each field.
"""

from typing import Annotated

from hexward.inventory.record import At, NotCollected, Part, Record, record
from hexward.inventory.tags import Tags
from hexward.model import Gap, Reason

BASE = "bedrock-agent:GetKnowledgeBase"
SOURCES = "bedrock-agent:ListDataSources"
SOURCE = "bedrock-agent:GetDataSource"
AGENT = "bedrock-agent:GetAgent"
ALIASES = "bedrock-agent:ListAgentAliases"
VERSION = "bedrock-agent:GetAgentVersion"
TAGS = "bedrock-agent:ListTagsForResource"

DRAFT = "DRAFT"
"""The version that is worked on; every agent has an alias for it, to try it with."""


@record
class KnowledgeBase(Record):
    """Documents made searchable for a model."""

    id: Annotated[str, At("bedrock-agent:ListKnowledgeBases", "knowledgeBaseSummaries[].knowledgeBaseId")]
    name: Annotated[str, At("bedrock-agent:ListKnowledgeBases", "knowledgeBaseSummaries[].name")]
    role_arn: Annotated[str, At(BASE, "knowledgeBase.roleArn")]
    tags: Annotated[Tags, At(TAGS, "tags")]


class SourceBucket(Part, rename="camel"):
    """A bucket that documents come from, and the account that it should belong to, where one is named."""

    bucket_arn: str
    bucket_owner_account_id: str | None = None


class SeedUrl(Part, rename="camel"):
    """A page that a crawl begins with."""

    url: str | None = None


class SeedUrls(Part, rename="camel"):
    """The pages that a crawl begins with."""

    seed_urls: tuple[SeedUrl, ...] | None = None


class WebSource(Part, rename="camel"):
    """What a crawl begins with."""

    url_configuration: SeedUrls


class Crawler(Part, rename="camel"):
    """How far a crawl goes: HOST_ONLY or SUBDOMAINS; left out, it stays below the path of the page that it begins with."""

    scope: str | None = None


class WebCrawl(Part, rename="camel"):
    """Web pages that documents come from."""

    source_configuration: WebSource
    crawler_configuration: Crawler | None = None

    @property
    def urls(self) -> tuple[str, ...]:
        """Return the addresses that it begins with."""
        return tuple(one.url for one in self.source_configuration.url_configuration.seed_urls or () if one.url)


class SourceConfiguration(Part, rename="camel"):
    """Where documents come from; `type` is S3, WEB, CONFLUENCE and others."""

    type: str
    s3_configuration: SourceBucket | None = None
    web_configuration: WebCrawl | None = None


@record
class DataSource(Record):
    """What a knowledge base takes its documents from; its key encrypts them while they are taken in."""

    knowledge_base_id: Annotated[str, At(SOURCES, "dataSourceSummaries[].knowledgeBaseId")]
    name: Annotated[str, At(SOURCES, "dataSourceSummaries[].name")]
    configuration: Annotated[SourceConfiguration, At(SOURCE, "dataSource.dataSourceConfiguration")]
    kms_key_arn: Annotated[str | None, At(SOURCE, "dataSource.serverSideEncryptionConfiguration.kmsKeyArn")]

    @property
    def described(self) -> SourceConfiguration:
        """Return where the documents come from. Raises NotCollected for a managed connector, whose settings AWS does not describe."""
        if self.configuration.type == "MANAGED_KNOWLEDGE_BASE_CONNECTOR":
            detail = "AWS does not describe what a managed connector reads"
            raise NotCollected("DataSource.configuration", Gap(Reason.UNSUPPORTED, detail, region=self.region))
        return self.configuration


@record
class Agent(Record):
    """A model that plans, and calls tools. Its fields are those of its draft, which its next version will have."""

    id: Annotated[str, At("bedrock-agent:ListAgents", "agentSummaries[].agentId")]
    name: Annotated[str, At("bedrock-agent:ListAgents", "agentSummaries[].agentName")]
    role_arn: Annotated[str, At(AGENT, "agent.agentResourceRoleArn")]
    customer_encryption_key_arn: Annotated[str | None, At(AGENT, "agent.customerEncryptionKeyArn")]
    tags: Annotated[Tags, At(TAGS, "tags")]


class AgentGuardrail(Part, rename="camel"):
    """The guardrail of an agent, by its id or ARN, and its version."""

    guardrail_identifier: str | None = None
    guardrail_version: str | None = None


@record
class AgentAlias(Record):
    """The name by which applications call a version of an agent: a deployment.

    `version` is a number or DRAFT, None while there is none; `guardrail` is that of the version, and None for the draft, which is
    not looked at. https://docs.aws.amazon.com/bedrock/latest/userguide/deploy-agent.html
    """

    name: Annotated[str, At(ALIASES, "agentAliasSummaries[].agentAliasName")]
    version: Annotated[str | None, At(ALIASES, "agentAliasSummaries[].routingConfiguration[].agentVersion")]
    guardrail: Annotated[AgentGuardrail | None, At(VERSION, "agentVersion.guardrailConfiguration")]
