"""The AI workloads that Bedrock runs: agents and what hosts them, knowledge bases, and jobs that tune models."""

from hexward.inventory.bedrock import ModelCustomizationJob
from hexward.inventory.bedrock_agent import Agent, DataSource, KnowledgeBase
from hexward.inventory.bedrock_agentcore_control import AgentRuntime
from hexward.inventory.inventory import Inventory
from hexward.inventory.reference import Ref, buckets, refs
from hexward.inventory.region import within
from hexward.inventory.workloads import Stage, Workload, maker, sensitivity, workload


@maker(Agent)
def agent(inventory: Inventory, one: Agent) -> Workload:
    """Return the agent as a workload; it runs outside any VPC of the account."""
    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.INFER,
            "roles": lambda: refs("Agent.role_arn", one.role_arn),
            "subnets": lambda: (),
            "security_groups": lambda: (),
            "keys": lambda: refs("Agent.customer_encryption_key_arn", one.customer_encryption_key_arn),
            "sensitivity": lambda: sensitivity(inventory, one.tags, ()),
        },
    )


@maker(KnowledgeBase, DataSource)
def knowledge_base(inventory: Inventory, one: KnowledgeBase) -> Workload:
    """Return the knowledge base as a workload: it turns documents into vectors."""

    def sources() -> tuple[DataSource, ...]:
        return tuple(within(inventory.by(DataSource, "knowledge_base_id", one.id), one.region))

    def inputs() -> tuple[Ref, ...]:
        found = (source.described.s3_configuration for source in sources())
        return buckets("DataSource.configuration", *(one.bucket_arn for one in found if one is not None))

    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.PROCESS,
            "roles": lambda: refs("KnowledgeBase.role_arn", one.role_arn),
            "subnets": lambda: (),
            "security_groups": lambda: (),
            "inputs": inputs,
            "keys": lambda: refs("DataSource.kms_key_arn", *(source.kms_key_arn for source in sources())),
            "sensitivity": lambda: sensitivity(inventory, one.tags, inputs()),
        },
    )


@maker(AgentRuntime)
def agent_runtime(inventory: Inventory, one: AgentRuntime) -> Workload:
    """Return what hosts an agent as a workload; the bucket that it reads is that of its code."""

    def code() -> tuple[Ref, ...]:
        settings = None if one.artifact is None else one.artifact.code_configuration
        archive = None if settings is None else settings.code.s3
        return refs("AgentRuntime.artifact", None if archive is None else archive.bucket)

    def images() -> tuple[Ref, ...]:
        container = None if one.artifact is None else one.artifact.container_configuration
        return refs("AgentRuntime.artifact", None if container is None else container.container_uri)

    def network(*names: str) -> tuple[Ref, ...]:
        return refs("AgentRuntime.network", *names)

    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.INFER,
            "roles": lambda: refs("AgentRuntime.role_arn", one.role_arn),
            "subnets": lambda: network(*(vpc.subnets if (vpc := one.network.network_mode_config) else ())),
            "security_groups": lambda: network(
                *(vpc.security_groups if (vpc := one.network.network_mode_config) else ())
            ),
            "inputs": code,
            "keys": lambda: (),
            "images": images,
            "sensitivity": lambda: sensitivity(inventory, one.tags, ()),
        },
    )


@maker(ModelCustomizationJob)
def model_customization_job(inventory: Inventory, one: ModelCustomizationJob) -> Workload:
    """Return the job as a workload. What it writes to a bucket are figures; the model stays in Bedrock, so it is no output."""

    def inputs() -> tuple[Ref, ...]:
        return buckets("ModelCustomizationJob.training_data_config", *one.data_uris)

    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.TRAIN,
            "roles": lambda: refs("ModelCustomizationJob.role_arn", one.role_arn),
            "subnets": lambda: refs(
                "ModelCustomizationJob.vpc_config", *(one.vpc_config.subnet_ids if one.vpc_config else ())
            ),
            "security_groups": lambda: refs(
                "ModelCustomizationJob.vpc_config", *(one.vpc_config.security_group_ids if one.vpc_config else ())
            ),
            "inputs": inputs,
            "keys": lambda: refs("ModelCustomizationJob.output_model_kms_key_arn", one.output_model_kms_key_arn),
            "sensitivity": lambda: sensitivity(inventory, None, inputs()),
        },
    )
