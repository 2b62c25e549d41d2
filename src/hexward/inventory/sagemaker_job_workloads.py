"""The AI workloads that SageMaker's jobs are: data processing, batch inference, tuning and AutoML.

What a training job or an AutoML job starts by itself runs with its role, in its network: that job stands for it.
"""

from hexward.inventory.inventory import Inventory
from hexward.inventory.reference import Ref, buckets, refs
from hexward.inventory.sagemaker import Model, Vpc
from hexward.inventory.sagemaker_jobs import ProcessingJob, TransformJob, starter_of
from hexward.inventory.sagemaker_training import AutoMLJob, HyperParameterTuningJob
from hexward.inventory.workloads import Stage, Workload, maker, sensitivity, workload


def _subnets(source: str, *vpcs: Vpc | None) -> tuple[Ref, ...]:
    return tuple(ref for vpc in vpcs if vpc is not None for ref in refs(source, *vpc.subnets))


def _groups(source: str, *vpcs: Vpc | None) -> tuple[Ref, ...]:
    return tuple(ref for vpc in vpcs if vpc is not None for ref in refs(source, *vpc.security_group_ids))


@maker(ProcessingJob)
def processing_job(inventory: Inventory, one: ProcessingJob) -> Workload | None:
    """Return the processing job as a workload."""
    starter = starter_of(one)
    if starter and ":monitoring-schedule/" not in starter:
        return None

    def vpc() -> Vpc | None:
        return one.network_config.vpc_config if one.network_config is not None else None

    def inputs() -> tuple[Ref, ...]:
        read = (address for given in one.processing_inputs or () for address in given.addresses)
        return buckets("ProcessingJob.processing_inputs", *read)

    def outputs() -> tuple[Ref, ...]:
        config = one.processing_output_config
        return buckets("ProcessingJob.processing_output_config", *(config.addresses if config is not None else ()))

    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.PROCESS,
            "roles": lambda: refs("ProcessingJob.role_arn", one.role_arn),
            "subnets": lambda: _subnets("ProcessingJob.network_config", vpc()),
            "security_groups": lambda: _groups("ProcessingJob.network_config", vpc()),
            "inputs": inputs,
            "outputs": outputs,
            "keys": lambda: (
                *refs("ProcessingJob.processing_output_config", *one.key_references),
                *refs("ProcessingJob.cluster_config", one.cluster_config.volume_kms_key_id),
            ),
            "images": lambda: refs("ProcessingJob.image_uri", one.image_uri),
            "sensitivity": lambda: sensitivity(inventory, one.tags, inputs()),
        },
    )


@maker(TransformJob, Model)
def transform_job(inventory: Inventory, one: TransformJob) -> Workload | None:
    """Return the transform job as a workload; its role, network and image are its model's."""
    if starter_of(one):
        return None

    def models() -> tuple[Model, ...]:
        """Return its one model; none where it was deleted, as batches often do with theirs: nothing can run that way again."""
        return tuple(model for model in inventory.by(Model, "name", one.model_name) if model.region == one.region)

    def inputs() -> tuple[Ref, ...]:
        data = (container.data for model in models() for container in model.all_containers)
        return (*buckets("TransformJob.input_s3_uri", one.input_s3_uri), *buckets("Model.containers", *data))

    def outputs() -> tuple[Ref, ...]:
        written, captured = one.transform_output, one.data_capture_config
        return (
            *buckets("TransformJob.transform_output", written.s3_output_path if written is not None else None),
            *buckets("TransformJob.data_capture_config", captured.destination_s3_uri if captured is not None else None),
        )

    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.INFER,
            "roles": lambda: refs("Model.execution_role_arn", *(model.execution_role_arn for model in models())),
            "subnets": lambda: _subnets("Model.vpc_config", *(model.vpc_config for model in models())),
            "security_groups": lambda: _groups("Model.vpc_config", *(model.vpc_config for model in models())),
            "inputs": inputs,
            "outputs": outputs,
            "keys": lambda: (
                *refs("TransformJob.transform_output", *one.key_references),
                *refs("TransformJob.transform_resources", one.transform_resources.volume_kms_key_id),
            ),
            "images": lambda: tuple(
                ref for m in models() for c in m.all_containers for ref in refs("Model.containers", c.image)
            ),
            "sensitivity": lambda: sensitivity(inventory, one.tags, inputs()),
        },
    )


@maker(HyperParameterTuningJob)
def tuning_job(inventory: Inventory, one: HyperParameterTuningJob) -> Workload:
    """Return the tuning job as a workload, with what all of its definitions use."""
    source = "HyperParameterTuningJob.definitions"

    def inputs() -> tuple[Ref, ...]:
        channels = (channel for part in one.definitions.values() for channel in part.input_data_config or ())
        given = (channel.data_source.s3_data_source for channel in channels)
        return buckets(source, *(data.s3_uri for data in given if data is not None))

    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.TRAIN,
            "roles": lambda: refs(source, *(part.role_arn for part in one.definitions.values())),
            "subnets": lambda: _subnets(source, *(part.vpc_config for part in one.definitions.values())),
            "security_groups": lambda: _groups(source, *(part.vpc_config for part in one.definitions.values())),
            "inputs": inputs,
            "outputs": lambda: buckets(
                source, *(part.output_data_config.s3_output_path for part in one.definitions.values())
            ),
            "keys": lambda: refs(
                source, *one.key_references, *(part.machines.volume_key for part in one.definitions.values())
            ),
            "images": lambda: refs(
                source, *(part.algorithm_specification.training_image for part in one.definitions.values())
            ),
            "sensitivity": lambda: sensitivity(inventory, one.tags, inputs()),
        },
    )


@maker(AutoMLJob)
def automl_job(inventory: Inventory, one: AutoMLJob) -> Workload:
    """Return the AutoML job as a workload."""

    def vpc() -> Vpc | None:
        return one.security_config.vpc_config if one.security_config is not None else None

    def inputs() -> tuple[Ref, ...]:
        given = (channel.data_source for channel in one.input_data_config)
        data = (source.s3_data_source for source in given if source is not None)
        return buckets("AutoMLJob.input_data_config", *(one.s3_uri for one in data if one is not None))

    def volume_key() -> str | None:
        return one.security_config.volume_kms_key_id if one.security_config is not None else None

    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.TRAIN,
            "roles": lambda: refs("AutoMLJob.role_arn", one.role_arn),
            "subnets": lambda: _subnets("AutoMLJob.security_config", vpc()),
            "security_groups": lambda: _groups("AutoMLJob.security_config", vpc()),
            "inputs": inputs,
            "outputs": lambda: buckets("AutoMLJob.output_data_config", one.output_data_config.s3_output_path),
            "keys": lambda: (
                *refs("AutoMLJob.output_data_config", one.output_data_config.kms_key_id),
                *refs("AutoMLJob.security_config", volume_key()),
            ),
            "sensitivity": lambda: sensitivity(inventory, one.tags, inputs()),
        },
    )
