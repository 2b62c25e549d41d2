"""SageMaker's jobs but training jobs, as far as the same is asked of each: what it encrypts, and in which network it runs."""

import msgspec

from hexward.inventory.inventory import Derived, Inventory, Maker
from hexward.inventory.machines import Machines
from hexward.inventory.record import Listing, Record, record
from hexward.inventory.sagemaker import Vpc
from hexward.inventory.sagemaker_jobs import ProcessingJob, TransformJob, starter_of
from hexward.inventory.sagemaker_training import AutoMLJob, HyperParameterTuningJob, TrainingJob


class JobNetwork(msgspec.Struct, frozen=True):
    """The network of a job: `isolated` is None where no setting takes the network from its containers."""

    vpc: Vpc | None
    isolated: bool | None
    encrypted: bool


@record
class Job(Derived):
    """A processing, transform, tuning or AutoML job, under its own ARN; what another job or a schedule started is judged there.

    The names in its dictionaries are those of a tuning job's definitions; the one part of any other job has an empty name.
    """

    name: str
    outputs: dict[str, str | None]
    """The key of what each part writes to S3; a part that writes nothing is left out."""
    machines: dict[str, Machines]
    networks: dict[str, JobNetwork]
    """Empty for a transform job, whose network is that of its model."""

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds of jobs."""
        return tuple(MAKERS)

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Put together every job that stands for itself."""
        return cls.of_each(inventory, MAKERS)


def called(what: str, part: str) -> str:
    """Return how a part's property is told of: `output`, or `output of NAME`."""
    return f"{what} of {part}" if part else what


def judged_with_another(inventory: Inventory, job: TrainingJob) -> bool:
    """Say whether a tuning or AutoML job that was seen ran this one: the settings are made and judged there, once for all runs.

    Where that job was deleted or not seen, each of its runs is judged.
    """
    ran = ((HyperParameterTuningJob, job.tuning_job_arn), (AutoMLJob, job.auto_ml_job_arn))
    return any(arn is not None and inventory.by(kind, "arn", arn).records for kind, arn in ran)


def _processing(_: Inventory, one: ProcessingJob) -> Job | None:
    if starter_of(one):
        return None

    def outputs() -> dict[str, str | None]:
        config = one.processing_output_config
        return {"": config.kms_key_id} if config is not None and config.addresses else {}

    def networks() -> dict[str, JobNetwork]:
        config = one.network_config
        if config is None:
            return {"": JobNetwork(None, isolated=False, encrypted=False)}
        isolated, encrypted = config.enable_network_isolation, config.enable_inter_container_traffic_encryption
        return {"": JobNetwork(config.vpc_config, isolated=bool(isolated), encrypted=bool(encrypted))}

    fields = {"name": lambda: one.name, "outputs": outputs, "networks": networks}
    return Job.worked_out(one, {**fields, "machines": lambda: {"": one.cluster_config.machines}})


def _transform(_: Inventory, one: TransformJob) -> Job | None:
    if starter_of(one):
        return None

    def outputs() -> dict[str, str | None]:
        return {"": one.transform_output.kms_key_id} if one.transform_output is not None else {}

    fields = {"name": lambda: one.name, "outputs": outputs, "networks": dict}
    return Job.worked_out(one, {**fields, "machines": lambda: {"": one.transform_resources.machines}})


def _tuning(_: Inventory, one: HyperParameterTuningJob) -> Job:
    def networks() -> dict[str, JobNetwork]:
        return {
            name: JobNetwork(
                part.vpc_config,
                isolated=bool(part.enable_network_isolation),
                encrypted=bool(part.enable_inter_container_traffic_encryption),
            )
            for name, part in one.definitions.items()
        }

    return Job.worked_out(
        one,
        {
            "name": lambda: one.name,
            "outputs": lambda: {name: part.output_data_config.kms_key_id for name, part in one.definitions.items()},
            "machines": lambda: {name: part.machines for name, part in one.definitions.items()},
            "networks": networks,
        },
    )


def _automl(_: Inventory, one: AutoMLJob) -> Job:
    def networks() -> dict[str, JobNetwork]:
        config = one.security_config
        if config is None:
            return {"": JobNetwork(None, isolated=None, encrypted=False)}
        encrypted = config.enable_inter_container_traffic_encryption
        return {"": JobNetwork(config.vpc_config, isolated=None, encrypted=bool(encrypted))}

    def machines() -> dict[str, Machines]:
        key = None if one.security_config is None else one.security_config.volume_kms_key_id
        return {"": Machines((), None, key)}

    fields = {"name": lambda: one.name, "outputs": lambda: {"": one.output_data_config.kms_key_id}}
    return Job.worked_out(one, {**fields, "machines": machines, "networks": networks})


MAKERS: dict[type[Record], Maker] = {
    ProcessingJob: _processing,
    TransformJob: _transform,
    HyperParameterTuningJob: _tuning,
    AutoMLJob: _automl,
}
