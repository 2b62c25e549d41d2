"""SageMaker's monitoring jobs, as far as the same is asked of each kind of definition and of schedules."""

from hexward.inventory.endpoints import named
from hexward.inventory.inventory import Derived, Inventory, Maker
from hexward.inventory.machines import Machines
from hexward.inventory.record import Listing, NotCollected, Record, record
from hexward.inventory.sagemaker_jobs import NetworkConfig
from hexward.inventory.sagemaker_monitoring import (
    DataQualityJobDefinition,
    ModelBiasJobDefinition,
    ModelExplainabilityJobDefinition,
    ModelQualityJobDefinition,
    MonitoringCluster,
    MonitoringSchedule,
)
from hexward.model import Gap, Reason

type Definition = (
    DataQualityJobDefinition | ModelBiasJobDefinition | ModelExplainabilityJobDefinition | ModelQualityJobDefinition
)

DEFINITIONS: dict[str, type[Definition]] = {
    "DataQuality": DataQualityJobDefinition,
    "ModelBias": ModelBiasJobDefinition,
    "ModelExplainability": ModelExplainabilityJobDefinition,
    "ModelQuality": ModelQualityJobDefinition,
}
"""The kinds of definitions, by the type that a schedule gives."""


@record
class MonitoringJob(Derived):
    """A monitoring job, under the ARN of the definition or schedule that describes it; a schedule runs what it names or describes."""

    name: str
    inline: bool
    """Whether a schedule describes it itself: then it can be changed, where a definition never can."""
    machines: Machines
    network_config: NetworkConfig | None
    kms_key_id: str | None
    """The key of its reports."""

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds of definitions, and schedules."""
        return tuple(MAKERS)

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Put together a job of every definition and of every schedule."""
        return cls.of_each(inventory, MAKERS)


def _machines(cluster: MonitoringCluster) -> Machines:
    return Machines((cluster.instance_type,), cluster.instance_count, cluster.volume_kms_key_id)


def _definition(_: Inventory, one: Definition) -> MonitoringJob:
    return MonitoringJob.worked_out(
        one,
        {
            "name": lambda: one.name,
            "inline": lambda: False,
            "machines": lambda: _machines(one.cluster_config),
            "network_config": lambda: one.network_config,
            "kms_key_id": lambda: one.kms_key_id,
        },
    )


def _schedule(inventory: Inventory, one: MonitoringSchedule) -> MonitoringJob:
    def definition() -> Definition:
        kind = DEFINITIONS.get(one.monitoring_type or "")
        if kind is None or one.job_definition_name is None:
            gap = Gap(Reason.NOT_COLLECTED, "SageMaker does not tell which job it runs", region=one.region)
            raise NotCollected("MonitoringSchedule.job_definition_name", gap)
        return named(inventory, kind, one.job_definition_name, one.region)

    def machines() -> Machines:
        inline = one.job_definition
        return _machines(definition().cluster_config if inline is None else inline.monitoring_resources.cluster_config)

    def network_config() -> NetworkConfig | None:
        return definition().network_config if one.job_definition is None else one.job_definition.network_config

    def kms_key_id() -> str | None:
        inline = one.job_definition
        return definition().kms_key_id if inline is None else inline.monitoring_output_config.kms_key_id

    return MonitoringJob.worked_out(
        one,
        {
            "name": lambda: one.name,
            "inline": lambda: one.job_definition is not None,
            "machines": machines,
            "network_config": network_config,
            "kms_key_id": kms_key_id,
        },
    )


MAKERS: dict[type[Record], Maker] = {
    **dict.fromkeys(DEFINITIONS.values(), _definition),
    MonitoringSchedule: _schedule,
}
