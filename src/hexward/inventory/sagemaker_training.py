"""SageMaker's training: the jobs that turn data into models, and the tuning and AutoML jobs that run many of them.

Field names are AWS's; https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations.html describes each.
"""

from datetime import datetime
from typing import Annotated

from hexward.inventory.machines import Machines
from hexward.inventory.record import At, NotCollected, Part, Record, record
from hexward.inventory.reference import named
from hexward.inventory.sagemaker import TAGS, S3DataSource, Vpc
from hexward.inventory.tags import Tags, from_pairs
from hexward.model import Gap, Reason

JOB = "sagemaker:DescribeTrainingJob"
TUNING = "sagemaker:DescribeHyperParameterTuningJob"
AUTOML = "sagemaker:DescribeAutoMLJobV2"


class DataSource(Part):
    """Where a channel's data comes from; only S3 is followed."""

    s3_data_source: S3DataSource | None = None


class Channel(Part):
    """A named input of a training job."""

    channel_name: str
    data_source: DataSource


class OutputData(Part):
    """Where a job writes, and with which key."""

    s3_output_path: str
    kms_key_id: str | None = None


class InstanceGroup(Part):
    """Machines of one type in a mixed cluster, or of one of the types that a tuning job may take."""

    instance_type: str
    instance_count: int


class Resources(Part):
    """The machines of a job: of one type, of several in a mixed cluster, or of that which SageMaker selected from a list."""

    instance_type: str | None = None
    instance_count: int | None = None
    instance_groups: tuple[InstanceGroup, ...] | None = None
    selected_instance_type: str | None = None
    selected_instance_count: int | None = None
    volume_kms_key_id: str | None = None

    @property
    def machines(self) -> Machines:
        """Return their types, number and key; SageMaker does not tell the first two of serverless training."""
        if self.instance_groups:
            types = tuple(group.instance_type for group in self.instance_groups)
            return Machines(types, sum(group.instance_count for group in self.instance_groups), self.volume_kms_key_id)
        count = self.instance_count if self.instance_count is not None else self.selected_instance_count
        return Machines(named(self.instance_type or self.selected_instance_type), count, self.volume_kms_key_id)


class TuningResources(Part):
    """The machines of each training job of a tuning job: of one type, or of one of several that it may take."""

    instance_type: str | None = None
    instance_count: int | None = None
    instance_configs: tuple[InstanceGroup, ...] | None = None
    volume_kms_key_id: str | None = None

    @property
    def machines(self) -> Machines:
        """Return their types, their largest number, and their key."""
        choices = self.instance_configs or ()
        types = named(self.instance_type, *(choice.instance_type for choice in choices))
        count = max((choice.instance_count for choice in choices), default=self.instance_count)
        return Machines(types, count, self.volume_kms_key_id)


class Algorithm(Part):
    """The image that trains; None for an algorithm from the marketplace."""

    training_image: str | None = None


class TrainingDefinition(Part):
    """What a tuning job's training jobs have in common; only one of several has a name. One of the two kinds of resources is given."""

    role_arn: str
    algorithm_specification: Algorithm
    output_data_config: OutputData
    definition_name: str | None = None
    input_data_config: tuple[Channel, ...] | None = None
    vpc_config: Vpc | None = None
    resource_config: Resources | None = None
    hyper_parameter_tuning_resource_config: TuningResources | None = None
    enable_network_isolation: bool | None = None
    enable_inter_container_traffic_encryption: bool | None = None

    @property
    def machines(self) -> Machines:
        """Return the machines of each training job."""
        resources = self.hyper_parameter_tuning_resource_config or self.resource_config
        return Machines((), None, None) if resources is None else resources.machines


class AutoMLChannel(Part):
    """An input of an AutoML job."""

    data_source: DataSource | None = None


class AutoMLSecurity(Part):
    """The network and the keys of an AutoML job's machines; no setting takes their network away."""

    volume_kms_key_id: str | None = None
    enable_inter_container_traffic_encryption: bool | None = None
    vpc_config: Vpc | None = None


@record
class TrainingJob(Record):
    """A run that turned data into a model; AWS keeps jobs for good, so old ones are seen too."""

    name: Annotated[str, At(JOB, "TrainingJobName")]
    status: Annotated[str, At(JOB, "TrainingJobStatus")]
    created: Annotated[datetime, At(JOB, "CreationTime")]
    role_arn: Annotated[str, At(JOB, "RoleArn")]
    vpc_config: Annotated[Vpc | None, At(JOB, "VpcConfig")]
    enable_network_isolation: Annotated[bool | None, At(JOB, "EnableNetworkIsolation")]
    enable_inter_container_traffic_encryption: Annotated[bool | None, At(JOB, "EnableInterContainerTrafficEncryption")]
    input_data_config: Annotated[tuple[Channel, ...] | None, At(JOB, "InputDataConfig")]
    output_data_config: Annotated[OutputData, At(JOB, "OutputDataConfig")]
    resource_config: Annotated[Resources, At(JOB, "ResourceConfig")]
    algorithm_specification: Annotated[Algorithm, At(JOB, "AlgorithmSpecification")]
    tuning_job_arn: Annotated[str | None, At(JOB, "TuningJobArn")]
    auto_ml_job_arn: Annotated[str | None, At(JOB, "AutoMLJobArn")]
    tags: Annotated[Tags, At(TAGS, "Tags", from_pairs)]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names the key of the model that it wrote; its volume is gone when it ends."""
        return named(self.output_data_config.kms_key_id)

    @property
    def instances(self) -> int:
        """Return how many machines it had. Raises NotCollected where SageMaker does not tell."""
        count = self.resource_config.machines.count
        if count is None:
            gap = Gap(Reason.NOT_COLLECTED, "SageMaker does not tell how many machines it had", JOB, region=self.region)
            raise NotCollected("TrainingJob.resource_config", gap)
        return count


@record
class HyperParameterTuningJob(Record):
    """A search for the best settings of a model, by many training jobs; one definition of them, or several, is given."""

    name: Annotated[str, At(TUNING, "HyperParameterTuningJobName")]
    training_job_definition: Annotated[TrainingDefinition | None, At(TUNING, "TrainingJobDefinition")]
    training_job_definitions: Annotated[tuple[TrainingDefinition, ...] | None, At(TUNING, "TrainingJobDefinitions")]
    tags: Annotated[Tags, At(TAGS, "Tags", from_pairs)]

    @property
    def definitions(self) -> dict[str, TrainingDefinition]:
        """Return the definitions of its training jobs by their names, which an only one need not have."""
        first = self.training_job_definition
        given = (*((first,) if first is not None else ()), *(self.training_job_definitions or ()))
        return {one.definition_name or "": one for one in given}

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the texts by which it names the keys of the models that it wrote."""
        return named(*(one.output_data_config.kms_key_id for one in self.definitions.values()))


@record
class AutoMLJob(Record):
    """A search for the best model for some data, which SageMaker makes by jobs of its own."""

    name: Annotated[str, At(AUTOML, "AutoMLJobName")]
    role_arn: Annotated[str, At(AUTOML, "RoleArn")]
    input_data_config: Annotated[tuple[AutoMLChannel, ...], At(AUTOML, "AutoMLJobInputDataConfig")]
    output_data_config: Annotated[OutputData, At(AUTOML, "OutputDataConfig")]
    security_config: Annotated[AutoMLSecurity | None, At(AUTOML, "SecurityConfig")]
    tags: Annotated[Tags, At(TAGS, "Tags", from_pairs)]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names the key of the models that it wrote."""
        return named(self.output_data_config.kms_key_id)
