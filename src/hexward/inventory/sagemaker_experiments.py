"""SageMaker's inference experiments: a model that gets a copy of the requests to another, to be compared with it.

https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeInferenceExperiment.html
"""

from typing import Annotated

from hexward.inventory.machines import Machines
from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.reference import named

EXPERIMENT = "sagemaker:DescribeInferenceExperiment"


class RealTimeConfig(Part):
    """The machines of a variant."""

    instance_type: str
    instance_count: int


class Infrastructure(Part):
    """What a variant runs on."""

    real_time_inference_config: RealTimeConfig


class ModelVariant(Part):
    """A model of an experiment."""

    infrastructure_config: Infrastructure


class ExperimentData(Part):
    """Where requests and answers are recorded, and with which key."""

    destination: str
    kms_key: str | None = None


@record
class InferenceExperiment(Record):
    """A shadow test of a model; `data_storage_config` is None where nothing is recorded."""

    name: Annotated[str, At(EXPERIMENT, "Name")]
    model_variants: Annotated[tuple[ModelVariant, ...], At(EXPERIMENT, "ModelVariants")]
    kms_key: Annotated[str | None, At(EXPERIMENT, "KmsKey")]
    data_storage_config: Annotated[ExperimentData | None, At(EXPERIMENT, "DataStorageConfig")]

    @property
    def machines(self) -> Machines:
        """Return the machines of all its variants."""
        configs = [one.infrastructure_config.real_time_inference_config for one in self.model_variants]
        count = sum(one.instance_count for one in configs)
        return Machines(tuple(one.instance_type for one in configs), count, self.kms_key)

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the texts by which it names the keys of its volumes and of what it records."""
        return named(self.kms_key, None if self.data_storage_config is None else self.data_storage_config.kms_key)
