"""Bedrock AgentCore: what hosts agents, what they remember, and the tools that they are given.

https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_Operations.html describes each field.
"""

from typing import Annotated

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.reference import named
from hexward.inventory.tags import Tags

RUNTIMES = "bedrock-agentcore-control:ListAgentRuntimes"
RUNTIME = "bedrock-agentcore-control:GetAgentRuntime"
GATEWAYS = "bedrock-agentcore-control:ListGateways"
GATEWAY = "bedrock-agentcore-control:GetGateway"
MEMORY = "bedrock-agentcore-control:GetMemory"
BROWSER = "bedrock-agentcore-control:GetBrowser"
INTERPRETER = "bedrock-agentcore-control:GetCodeInterpreter"


class RuntimeVpc(Part, rename="camel"):
    """The subnets and security groups that something runs in."""

    security_groups: tuple[str, ...]
    subnets: tuple[str, ...]


class RuntimeNetwork(Part, rename="camel"):
    """The network of a runtime: PUBLIC, or VPC with where in it."""

    network_mode: str
    network_mode_config: RuntimeVpc | None = None


class ContainerImage(Part, rename="camel"):
    """The image that an agent runs from."""

    container_uri: str


class CodeArchive(Part, rename="camel"):
    """An archive in S3."""

    bucket: str


class CodeLocation(Part, rename="camel"):
    """Where an agent's code lies."""

    s3: CodeArchive | None = None


class AgentCode(Part, rename="camel"):
    """The code that an agent runs from."""

    code: CodeLocation


class AgentArtifact(Part, rename="camel"):
    """What an agent runs from: an image, or an archive of code."""

    container_configuration: ContainerImage | None = None
    code_configuration: AgentCode | None = None


@record
class AgentRuntime(Record):
    """What hosts an agent, whatever framework it is written in."""

    name: Annotated[str, At(RUNTIMES, "agentRuntimes[].agentRuntimeName")]
    role_arn: Annotated[str, At(RUNTIME, "roleArn")]
    network: Annotated[RuntimeNetwork, At(RUNTIME, "networkConfiguration")]
    artifact: Annotated[AgentArtifact | None, At(RUNTIME, "agentRuntimeArtifact")]
    tags: Annotated[Tags, At("bedrock-agentcore-control:ListTagsForResource", "tags")]


@record
class AgentGateway(Record):
    """An address at which agents find tools; `authorizer_type` is CUSTOM_JWT, AWS_IAM, AUTHENTICATE_ONLY or NONE."""

    name: Annotated[str, At(GATEWAYS, "items[].name")]
    authorizer_type: Annotated[str, At(GATEWAYS, "items[].authorizerType")]
    role_arn: Annotated[str | None, At(GATEWAY, "roleArn")]
    kms_key_arn: Annotated[str | None, At(GATEWAY, "kmsKeyArn")]


@record
class AgentMemory(Record):
    """What agents keep of their conversations."""

    name: Annotated[str, At(MEMORY, "memory.name")]
    encryption_key_arn: Annotated[str | None, At(MEMORY, "memory.encryptionKeyArn")]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names its key, if it names one."""
        return named(self.encryption_key_arn)


class ToolNetwork(Part, rename="camel"):
    """The network of a tool: PUBLIC, SANDBOX (code interpreters only) or VPC."""

    network_mode: str


class RecordingBucket(Part, rename="camel"):
    """Where sessions are recorded."""

    bucket: str


class Recording(Part, rename="camel"):
    """Whether sessions are recorded, and where."""

    enabled: bool | None = None
    s3_location: RecordingBucket | None = None


@record
class Browser(Record):
    """A browser that agents drive, made by the account; AWS's own is not listed."""

    name: Annotated[str, At(BROWSER, "name")]
    execution_role_arn: Annotated[str | None, At(BROWSER, "executionRoleArn")]
    network: Annotated[ToolNetwork, At(BROWSER, "networkConfiguration")]
    recording: Annotated[Recording | None, At(BROWSER, "recording")]


@record
class CodeInterpreter(Record):
    """Where agents run code that they wrote, made by the account; AWS's own is not listed."""

    name: Annotated[str, At(INTERPRETER, "name")]
    execution_role_arn: Annotated[str | None, At(INTERPRETER, "executionRoleArn")]
    network: Annotated[ToolNetwork, At(INTERPRETER, "networkConfiguration")]
