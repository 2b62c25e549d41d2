"""SageMaker's model monitoring: schedules, and the four kinds of job definitions that they run.

Field names are AWS's; https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations.html describes each.
"""

from typing import Annotated

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.reference import named
from hexward.inventory.sagemaker_jobs import NetworkConfig

DATA_QUALITY = "sagemaker:DescribeDataQualityJobDefinition"
BIAS = "sagemaker:DescribeModelBiasJobDefinition"
EXPLAINABILITY = "sagemaker:DescribeModelExplainabilityJobDefinition"
MODEL_QUALITY = "sagemaker:DescribeModelQualityJobDefinition"
SCHEDULE = "sagemaker:DescribeMonitoringSchedule"


class MonitoringCluster(Part):
    """The machines of a monitoring job."""

    instance_type: str
    instance_count: int
    volume_kms_key_id: str | None = None


class MonitoringResources(Part):
    """The machines of a job that a schedule describes itself."""

    cluster_config: MonitoringCluster


class MonitoringOutput(Part):
    """The key of the reports of a job that a schedule describes itself."""

    kms_key_id: str | None = None


class InlineDefinition(Part):
    """A job that a schedule describes itself."""

    monitoring_resources: MonitoringResources
    monitoring_output_config: MonitoringOutput
    network_config: NetworkConfig | None = None


@record
class DataQualityJobDefinition(Record):
    """A job that compares what an endpoint is asked with what its model was trained on."""

    name: Annotated[str, At(DATA_QUALITY, "JobDefinitionName")]
    cluster_config: Annotated[MonitoringCluster, At(DATA_QUALITY, "JobResources.ClusterConfig")]
    network_config: Annotated[NetworkConfig | None, At(DATA_QUALITY, "NetworkConfig")]
    kms_key_id: Annotated[str | None, At(DATA_QUALITY, "DataQualityJobOutputConfig.KmsKeyId")]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the texts by which it names the keys of its reports and of the volumes of each run, as the others do."""
        return named(self.kms_key_id, self.cluster_config.volume_kms_key_id)


@record
class ModelBiasJobDefinition(Record):
    """A job that looks for bias in what an endpoint answers."""

    name: Annotated[str, At(BIAS, "JobDefinitionName")]
    cluster_config: Annotated[MonitoringCluster, At(BIAS, "JobResources.ClusterConfig")]
    network_config: Annotated[NetworkConfig | None, At(BIAS, "NetworkConfig")]
    kms_key_id: Annotated[str | None, At(BIAS, "ModelBiasJobOutputConfig.KmsKeyId")]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the texts by which it names its keys."""
        return named(self.kms_key_id, self.cluster_config.volume_kms_key_id)


@record
class ModelExplainabilityJobDefinition(Record):
    """A job that tells which features an endpoint's answers hang on."""

    name: Annotated[str, At(EXPLAINABILITY, "JobDefinitionName")]
    cluster_config: Annotated[MonitoringCluster, At(EXPLAINABILITY, "JobResources.ClusterConfig")]
    network_config: Annotated[NetworkConfig | None, At(EXPLAINABILITY, "NetworkConfig")]
    kms_key_id: Annotated[str | None, At(EXPLAINABILITY, "ModelExplainabilityJobOutputConfig.KmsKeyId")]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the texts by which it names its keys."""
        return named(self.kms_key_id, self.cluster_config.volume_kms_key_id)


@record
class ModelQualityJobDefinition(Record):
    """A job that compares an endpoint's answers with the truth."""

    name: Annotated[str, At(MODEL_QUALITY, "JobDefinitionName")]
    cluster_config: Annotated[MonitoringCluster, At(MODEL_QUALITY, "JobResources.ClusterConfig")]
    network_config: Annotated[NetworkConfig | None, At(MODEL_QUALITY, "NetworkConfig")]
    kms_key_id: Annotated[str | None, At(MODEL_QUALITY, "ModelQualityJobOutputConfig.KmsKeyId")]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the texts by which it names its keys."""
        return named(self.kms_key_id, self.cluster_config.volume_kms_key_id)


@record
class MonitoringSchedule(Record):
    """When a monitoring job runs: one that it describes itself, or one of a definition that it names, with the type of it."""

    name: Annotated[str, At(SCHEDULE, "MonitoringScheduleName")]
    job_definition: Annotated[InlineDefinition | None, At(SCHEDULE, "MonitoringScheduleConfig.MonitoringJobDefinition")]
    job_definition_name: Annotated[str | None, At(SCHEDULE, "MonitoringScheduleConfig.MonitoringJobDefinitionName")]
    monitoring_type: Annotated[str | None, At(SCHEDULE, "MonitoringScheduleConfig.MonitoringType")]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the texts by which it names the keys of a job that it describes itself."""
        job = self.job_definition
        if job is None:
            return ()
        return named(job.monitoring_output_config.kms_key_id, job.monitoring_resources.cluster_config.volume_kms_key_id)
