"""SageMaker's other jobs: those that process data, and those that let a model answer a whole batch of it.

Field names are AWS's; https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations.html describes each.
"""

from typing import Annotated

from hexward.inventory.machines import Machines
from hexward.inventory.record import At, NotCollected, Part, Record, record
from hexward.inventory.reference import named
from hexward.inventory.sagemaker import TAGS, S3DataSource, Vpc
from hexward.inventory.sagemaker_training import OutputData
from hexward.inventory.tags import Tags, from_pairs

PROCESSING = "sagemaker:DescribeProcessingJob"
TRANSFORM = "sagemaker:DescribeTransformJob"


class NetworkConfig(Part):
    """The network of a processing or monitoring job; what is left out is off."""

    enable_inter_container_traffic_encryption: bool | None = None
    enable_network_isolation: bool | None = None
    vpc_config: Vpc | None = None


class ProcessingCluster(Part):
    """The machines of a processing job: of one type, or of that which SageMaker selected from a list."""

    instance_type: str | None = None
    instance_count: int | None = None
    selected_instance_type: str | None = None
    selected_instance_count: int | None = None
    volume_kms_key_id: str | None = None

    @property
    def machines(self) -> Machines:
        """Return their types, number and key."""
        count = self.instance_count if self.instance_count is not None else self.selected_instance_count
        return Machines(named(self.instance_type or self.selected_instance_type), count, self.volume_kms_key_id)


class QueriedData(Part):
    """Where Athena or Redshift leaves what it found for a processing job."""

    output_s3_uri: str


class DatasetDefinition(Part):
    """An input of a processing job that is the answer to a query."""

    athena_dataset_definition: QueriedData | None = None
    redshift_dataset_definition: QueriedData | None = None


class ProcessingInput(Part):
    """An input of a processing job, in S3 or put there by a query."""

    s3_input: S3DataSource | None = None
    dataset_definition: DatasetDefinition | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return the addresses in S3 that it is read from."""
        queried = self.dataset_definition
        queries = (queried.athena_dataset_definition, queried.redshift_dataset_definition) if queried else ()
        read = self.s3_input.s3_uri if self.s3_input is not None else None
        return named(read, *(one.output_s3_uri for one in queries if one is not None))


class ProcessingOutput(Part):
    """An output of a processing job; None where it goes into a feature store."""

    s3_output: S3DataSource | None = None


class ProcessingOutputs(Part):
    """Where a processing job writes, and with which key."""

    outputs: tuple[ProcessingOutput, ...]
    kms_key_id: str | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return the addresses in S3 that are written to."""
        return named(*(one.s3_output.s3_uri for one in self.outputs if one.s3_output is not None))


class TransformResources(Part):
    """The machines of a transform job."""

    instance_type: str
    instance_count: int
    volume_kms_key_id: str | None = None

    @property
    def machines(self) -> Machines:
        """Return their type, number and key."""
        return Machines((self.instance_type,), self.instance_count, self.volume_kms_key_id)


class BatchCapture(Part):
    """Where the requests and answers of a transform job are recorded."""

    destination_s3_uri: str
    kms_key_id: str | None = None


@record
class ProcessingJob(Record):
    """A run that prepared, checked or explained data; some are started by a schedule, a training job or an AutoML job."""

    name: Annotated[str, At(PROCESSING, "ProcessingJobName")]
    role_arn: Annotated[str | None, At(PROCESSING, "RoleArn")]
    image_uri: Annotated[str, At(PROCESSING, "AppSpecification.ImageUri")]
    processing_inputs: Annotated[tuple[ProcessingInput, ...] | None, At(PROCESSING, "ProcessingInputs")]
    processing_output_config: Annotated[ProcessingOutputs | None, At(PROCESSING, "ProcessingOutputConfig")]
    cluster_config: Annotated[ProcessingCluster, At(PROCESSING, "ProcessingResources.ClusterConfig")]
    network_config: Annotated[NetworkConfig | None, At(PROCESSING, "NetworkConfig")]
    monitoring_schedule_arn: Annotated[str | None, At(PROCESSING, "MonitoringScheduleArn")]
    auto_ml_job_arn: Annotated[str | None, At(PROCESSING, "AutoMLJobArn")]
    training_job_arn: Annotated[str | None, At(PROCESSING, "TrainingJobArn")]
    tags: Annotated[Tags, At(TAGS, "Tags", from_pairs)]

    @property
    def started_by(self) -> str | None:
        """Return the ARN of the schedule or job that started it, None where somebody or a pipeline did."""
        return self.monitoring_schedule_arn or self.auto_ml_job_arn or self.training_job_arn

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names the key of what it wrote; its volumes are gone when it ends."""
        return named(None if self.processing_output_config is None else self.processing_output_config.kms_key_id)


@record
class TransformJob(Record):
    """A run in which a model answered a batch of requests: inference without an endpoint."""

    name: Annotated[str, At(TRANSFORM, "TransformJobName")]
    model_name: Annotated[str, At(TRANSFORM, "ModelName")]
    input_s3_uri: Annotated[str, At(TRANSFORM, "TransformInput.DataSource.S3DataSource.S3Uri")]
    transform_output: Annotated[OutputData | None, At(TRANSFORM, "TransformOutput")]
    transform_resources: Annotated[TransformResources, At(TRANSFORM, "TransformResources")]
    data_capture_config: Annotated[BatchCapture | None, At(TRANSFORM, "DataCaptureConfig")]
    auto_ml_job_arn: Annotated[str | None, At(TRANSFORM, "AutoMLJobArn")]
    tags: Annotated[Tags, At(TAGS, "Tags", from_pairs)]

    @property
    def started_by(self) -> str | None:
        """Return the ARN of the AutoML job that started it, None where somebody or a pipeline did."""
        return self.auto_ml_job_arn

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the texts by which it names the keys of what it wrote and recorded; its volumes are gone when it ends."""
        written = (self.transform_output, self.data_capture_config)
        return named(*(one.kms_key_id for one in written if one is not None))


def starter_of(one: ProcessingJob | TransformJob) -> str:
    """Return the ARN of what started a job, empty where nothing did; so too where that was not read: then it stands for itself."""
    try:
        return one.started_by or ""
    except NotCollected:
        return ""
