"""SageMaker: where models are developed and served; `sagemaker_training` holds what trains them.

Field names are AWS's; https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations.html describes each.
"""

from typing import Annotated

import msgspec

from hexward.inventory.machines import has_own_disks
from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.reference import named
from hexward.inventory.s3 import bucket_of
from hexward.inventory.tags import Tags, from_pairs

NOTEBOOK = "sagemaker:DescribeNotebookInstance"
DOMAIN = "sagemaker:DescribeDomain"
MODEL = "sagemaker:DescribeModel"
CONFIG = "sagemaker:DescribeEndpointConfig"
ENDPOINT = "sagemaker:DescribeEndpoint"
TAGS = "sagemaker:ListTags"


class Vpc(Part):
    """The subnets and security groups that something runs in."""

    security_group_ids: tuple[str, ...]
    subnets: tuple[str, ...]


class S3DataSource(Part):
    """Data in S3."""

    s3_uri: str


class ImageConfig(Part):
    """From where an image is pulled: Platform or Vpc."""

    repository_access_mode: str


class ModelDataSource(Part):
    """Uncompressed model data in S3."""

    s3_data_source: S3DataSource | None = None


class Container(Part):
    """An image that serves, and the model data it loads."""

    image: str | None = None
    image_config: ImageConfig | None = None
    model_data_url: str | None = None
    model_data_source: ModelDataSource | None = None
    model_package_name: str | None = None

    @property
    def data(self) -> str | None:
        """Return the S3 address of the model data, in whichever of two ways it is given."""
        source = self.model_data_source
        if source is not None and source.s3_data_source is not None:
            return source.s3_data_source.s3_uri
        return self.model_data_url


class Serverless(Part):
    """A variant without machines of its own."""

    memory_size_in_mb: int = msgspec.field(name="MemorySizeInMB")


class InstancePool(Part):
    """Machines of one type that a variant may take."""

    instance_type: str


class Variant(Part):
    """A model behind an endpoint; `model_name` is None where inference components hold the models."""

    variant_name: str
    model_name: str | None = None
    instance_type: str | None = None
    initial_instance_count: int | None = None
    instance_pools: tuple[InstancePool, ...] | None = None
    serverless_config: Serverless | None = None

    @property
    def has_volume(self) -> bool:
        """Say whether it keeps data on a volume that a KMS key can encrypt: not if serverless, nor on machines with own disks.

        Where no type is told, it may well have one, as `Machines.have_volumes` says.
        """
        types = named(self.instance_type, *(pool.instance_type for pool in self.instance_pools or ()))
        return self.serverless_config is None and not (types and all(map(has_own_disks, types)))


class DataCapture(Part):
    """Where an endpoint's requests and answers are recorded."""

    destination_s3_uri: str
    enable_capture: bool | None = None
    kms_key_id: str | None = None


class Capturing(Part):
    """Whether an endpoint records requests at this moment: Started or Stopped."""

    capture_status: str


class UserSettings(Part):
    """What a Studio user gets by default."""

    execution_role: str | None = None
    security_groups: tuple[str, ...] | None = None


@record
class NotebookInstance(Record):
    """A managed notebook, with a role, a volume and a network of its own."""

    name: Annotated[str, At(NOTEBOOK, "NotebookInstanceName")]
    status: Annotated[str, At(NOTEBOOK, "NotebookInstanceStatus")]
    role_arn: Annotated[str, At(NOTEBOOK, "RoleArn")]
    subnet_id: Annotated[str | None, At(NOTEBOOK, "SubnetId")]
    security_groups: Annotated[tuple[str, ...] | None, At(NOTEBOOK, "SecurityGroups")]
    kms_key_id: Annotated[str | None, At(NOTEBOOK, "KmsKeyId")]
    direct_internet_access: Annotated[str, At(NOTEBOOK, "DirectInternetAccess")]
    root_access: Annotated[str, At(NOTEBOOK, "RootAccess")]
    platform_identifier: Annotated[str, At(NOTEBOOK, "PlatformIdentifier")]
    minimum_metadata_version: Annotated[
        str, At(NOTEBOOK, "InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion")
    ]
    lifecycle_config_name: Annotated[str | None, At(NOTEBOOK, "NotebookInstanceLifecycleConfigName")]
    tags: Annotated[Tags, At(TAGS, "Tags", from_pairs)]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names the key of its volume, if it names one."""
        return named(self.kms_key_id)


@record
class Domain(Record):
    """A SageMaker Studio domain."""

    name: Annotated[str, At(DOMAIN, "DomainName")]
    auth_mode: Annotated[str, At(DOMAIN, "AuthMode")]
    app_network_access_type: Annotated[str, At(DOMAIN, "AppNetworkAccessType")]
    vpc_id: Annotated[str | None, At(DOMAIN, "VpcId")]
    subnet_ids: Annotated[tuple[str, ...], At(DOMAIN, "SubnetIds")]
    kms_key_id: Annotated[str | None, At(DOMAIN, "KmsKeyId")]
    default_user_settings: Annotated[UserSettings, At(DOMAIN, "DefaultUserSettings")]
    tags: Annotated[Tags, At(TAGS, "Tags", from_pairs)]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names the key of its users' files, if it names one."""
        return named(self.kms_key_id)


@record
class Model(Record):
    """A model as it can be served: images, data, role and network."""

    name: Annotated[str, At(MODEL, "ModelName")]
    execution_role_arn: Annotated[str | None, At(MODEL, "ExecutionRoleArn")]
    primary_container: Annotated[Container | None, At(MODEL, "PrimaryContainer")]
    containers: Annotated[tuple[Container, ...] | None, At(MODEL, "Containers")]
    vpc_config: Annotated[Vpc | None, At(MODEL, "VpcConfig")]
    enable_network_isolation: Annotated[bool | None, At(MODEL, "EnableNetworkIsolation")]

    @property
    def all_containers(self) -> tuple[Container, ...]:
        """Return the one container, or all of a pipeline. Raises NotCollected if they were not read."""
        first = self.primary_container
        return (*((first,) if first is not None else ()), *(self.containers or ()))

    @property
    def buckets(self) -> tuple[str, ...]:
        """Return the names of the buckets that hold its data. Raises NotCollected if its containers were not read."""
        return named(*(bucket_of(one.data) for one in self.all_containers if one.data is not None))


@record
class EndpointConfig(Record):
    """How an endpoint serves: variants, keys and capture."""

    name: Annotated[str, At(CONFIG, "EndpointConfigName")]
    kms_key_id: Annotated[str | None, At(CONFIG, "KmsKeyId")]
    production_variants: Annotated[tuple[Variant, ...], At(CONFIG, "ProductionVariants")]
    shadow_production_variants: Annotated[tuple[Variant, ...] | None, At(CONFIG, "ShadowProductionVariants")]
    data_capture_config: Annotated[DataCapture | None, At(CONFIG, "DataCaptureConfig")]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the texts by which it names the keys of its volumes and of what it captures."""
        capture = self.data_capture_config
        return named(self.kms_key_id, None if capture is None else capture.kms_key_id)


@record
class Endpoint(Record):
    """A model that answers requests."""

    name: Annotated[str, At(ENDPOINT, "EndpointName")]
    status: Annotated[str, At(ENDPOINT, "EndpointStatus")]
    endpoint_config_name: Annotated[str, At(ENDPOINT, "EndpointConfigName")]
    data_capture_config: Annotated[Capturing | None, At(ENDPOINT, "DataCaptureConfig")]
    tags: Annotated[Tags, At(TAGS, "Tags", from_pairs)]
