"""The AI workloads that SageMaker runs: notebooks, Studio domains, training jobs and endpoints."""

from collections.abc import Iterator

from hexward.inventory.endpoints import config_of, images_and_data, models_of
from hexward.inventory.inventory import Inventory
from hexward.inventory.reference import Ref, buckets, refs
from hexward.inventory.sagemaker import Domain, Endpoint, EndpointConfig, Model, NotebookInstance
from hexward.inventory.sagemaker_training import TrainingJob
from hexward.inventory.workloads import Stage, Workload, maker, sensitivity, workload


@maker(NotebookInstance)
def notebook(inventory: Inventory, one: NotebookInstance) -> Workload:
    """Return the notebook as a workload."""
    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.DEVELOP,
            "roles": lambda: refs("NotebookInstance.role_arn", one.role_arn),
            "subnets": lambda: refs("NotebookInstance.subnet_id", one.subnet_id),
            "security_groups": lambda: refs("NotebookInstance.security_groups", *(one.security_groups or ())),
            "keys": lambda: refs("NotebookInstance.kms_key_id", one.kms_key_id),
            "sensitivity": lambda: sensitivity(inventory, one.tags, ()),
        },
    )


@maker(Domain)
def domain(inventory: Inventory, one: Domain) -> Workload:
    """Return the Studio domain as a workload."""
    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.DEVELOP,
            "roles": lambda: refs(
                "Domain.default_user_settings.execution_role", one.default_user_settings.execution_role
            ),
            "subnets": lambda: refs("Domain.subnet_ids", *one.subnet_ids),
            "security_groups": lambda: refs(
                "Domain.default_user_settings.security_groups", *(one.default_user_settings.security_groups or ())
            ),
            "keys": lambda: refs("Domain.kms_key_id", one.kms_key_id),
            "sensitivity": lambda: sensitivity(inventory, one.tags, ()),
        },
    )


@maker(TrainingJob)
def training_job(inventory: Inventory, one: TrainingJob) -> Workload:
    """Return the training job as a workload."""

    def inputs() -> tuple[Ref, ...]:
        sources = (channel.data_source.s3_data_source for channel in one.input_data_config or ())
        return buckets("TrainingJob.input_data_config", *(source.s3_uri for source in sources if source is not None))

    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.TRAIN,
            "roles": lambda: refs("TrainingJob.role_arn", one.role_arn),
            "subnets": lambda: refs("TrainingJob.vpc_config", *(one.vpc_config.subnets if one.vpc_config else ())),
            "security_groups": lambda: refs(
                "TrainingJob.vpc_config", *(one.vpc_config.security_group_ids if one.vpc_config else ())
            ),
            "inputs": inputs,
            "outputs": lambda: buckets("TrainingJob.output_data_config", one.output_data_config.s3_output_path),
            "keys": lambda: (
                *refs("TrainingJob.output_data_config", one.output_data_config.kms_key_id),
                *refs("TrainingJob.resource_config", one.resource_config.volume_kms_key_id),
            ),
            "images": lambda: refs("TrainingJob.algorithm_specification", one.algorithm_specification.training_image),
            "sensitivity": lambda: sensitivity(inventory, one.tags, inputs()),
        },
    )


@maker(Endpoint, EndpointConfig, Model)
def endpoint(inventory: Inventory, one: Endpoint) -> Workload:
    """Return the endpoint as a workload; what it uses is told by the models behind it."""

    def models() -> Iterator[Model]:
        return models_of(inventory, one)

    def inputs() -> tuple[Ref, ...]:
        return tuple(ref for _, data in images_and_data(inventory, one) for ref in buckets("Model.containers", data))

    def outputs() -> tuple[Ref, ...]:
        capture = config_of(inventory, one).data_capture_config
        return buckets("EndpointConfig.data_capture_config", capture.destination_s3_uri) if capture is not None else ()

    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.INFER,
            "roles": lambda: tuple(r for m in models() for r in refs("Model.execution_role_arn", m.execution_role_arn)),
            "subnets": lambda: tuple(
                r for m in models() if m.vpc_config for r in refs("Model.vpc_config", *m.vpc_config.subnets)
            ),
            "security_groups": lambda: tuple(
                r for m in models() if m.vpc_config for r in refs("Model.vpc_config", *m.vpc_config.security_group_ids)
            ),
            "inputs": inputs,
            "outputs": outputs,
            "keys": lambda: refs("EndpointConfig.kms_key_id", config_of(inventory, one).kms_key_id),
            "images": lambda: tuple(
                r for image, _ in images_and_data(inventory, one) for r in refs("Model.containers", image)
            ),
            "sensitivity": lambda: sensitivity(inventory, one.tags, inputs()),
        },
    )
