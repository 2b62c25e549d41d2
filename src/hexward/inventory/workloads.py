"""AI workloads: what trains, serves or explores models, with the role, network, buckets, keys and image that it really uses.

Everything here follows a *reference*, an environment variable or a tag; a permission alone never makes something part of a workload.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum

from hexward.inventory.endpoints import config_of, images_and_data, models_of
from hexward.inventory.inventory import Derived, Inventory
from hexward.inventory.lambda_ import Function
from hexward.inventory.record import Listing, NotCollected, Record, record
from hexward.inventory.reference import Ref, buckets, refs
from hexward.inventory.s3 import Bucket, bucket_of
from hexward.inventory.sagemaker import Domain, Endpoint, EndpointConfig, Model, NotebookInstance, TrainingJob
from hexward.inventory.sensitivity import CLASSES, class_of
from hexward.inventory.tags import Tags
from hexward.model import Gap, Reason


class Stage(StrEnum):
    """Where in a model's life a workload stands."""

    DEVELOP = "develop"
    PROCESS = "process"
    TRAIN = "train"
    INFER = "infer"


@record
class Workload(Derived):
    """One AI workload; its ARN is that of the notebook, job, endpoint, Studio domain or function that runs it."""

    name: str
    stage: Stage
    roles: tuple[Ref, ...]
    subnets: tuple[Ref, ...]
    security_groups: tuple[Ref, ...]
    inputs: tuple[Ref, ...]
    """Names of buckets that it reads: training data, model artifacts."""
    outputs: tuple[Ref, ...]
    """Names of buckets that it writes."""
    keys: tuple[Ref, ...]
    images: tuple[Ref, ...]
    entries: tuple[Ref, ...]
    """Public addresses that reach it."""
    sensitivity: Ref | None
    """The class of its data, one of `sensitivity.CLASSES`; None where no tag tells."""

    @property
    def role_arns(self) -> tuple[str, ...]:
        """Return the ARNs of the roles. Raises NotCollected if they were not read, as all of these do."""
        return tuple(dict.fromkeys(ref.value for ref in self.roles))

    @property
    def subnet_ids(self) -> tuple[str, ...]:
        """Return the ids of the subnets."""
        return tuple(dict.fromkeys(ref.value for ref in self.subnets))

    @property
    def security_group_ids(self) -> tuple[str, ...]:
        """Return the ids of the security groups."""
        return tuple(dict.fromkeys(ref.value for ref in self.security_groups))

    @property
    def input_buckets(self) -> tuple[str, ...]:
        """Return the names of the buckets that it reads."""
        return tuple(dict.fromkeys(ref.value for ref in self.inputs))

    @property
    def output_buckets(self) -> tuple[str, ...]:
        """Return the names of the buckets that it writes."""
        return tuple(dict.fromkeys(ref.value for ref in self.outputs))

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds that hold or name AI workloads."""
        return (NotebookInstance, Domain, TrainingJob, Endpoint, EndpointConfig, Model, Function, Bucket)

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Put together every workload of the account."""
        found: list[Record] = []
        gaps: list[NotCollected] = []
        for kind, make in MAKERS:
            listing = inventory.of(kind)
            gaps.extend(NotCollected(cls.__name__, gap.gap) for gap in listing.gaps)
            found.extend(made for one in listing.records if (made := make(inventory, one)) is not None)
        return Listing(tuple(found), tuple(gaps))


type Field = Callable[[], object]


def _workload(one: Record, fields: dict[str, Field]) -> Workload:
    """Work each field out by itself, so that one gap leaves the others known; what a kind never has is left out."""
    known: dict[str, object] = dict.fromkeys({"inputs", "outputs", "images", "entries"} - fields.keys(), ())
    gaps: dict[str, Gap] = {}
    for name, work_out in fields.items():
        try:
            known[name] = work_out()
        except NotCollected as missing:
            gaps[name] = missing.gap
    return Workload.partial(gaps, arn=one.arn, account=one.account, region=one.region, **known)


def _notebook(inventory: Inventory, one: NotebookInstance) -> Workload:
    return _workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: Stage.DEVELOP,
            "roles": lambda: refs("NotebookInstance.role_arn", one.role_arn),
            "subnets": lambda: refs("NotebookInstance.subnet_id", one.subnet_id),
            "security_groups": lambda: refs("NotebookInstance.security_groups", *(one.security_groups or ())),
            "keys": lambda: refs("NotebookInstance.kms_key_id", one.kms_key_id),
            "sensitivity": lambda: _sensitivity(inventory, one.tags, ()),
        },
    )


def _domain(inventory: Inventory, one: Domain) -> Workload:
    return _workload(
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
            "sensitivity": lambda: _sensitivity(inventory, one.tags, ()),
        },
    )


def _job(inventory: Inventory, one: TrainingJob) -> Workload:
    def inputs() -> tuple[Ref, ...]:
        sources = (channel.data_source.s3_data_source for channel in one.input_data_config or ())
        return buckets("TrainingJob.input_data_config", *(source.s3_uri for source in sources if source is not None))

    return _workload(
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
            "sensitivity": lambda: _sensitivity(inventory, one.tags, inputs()),
        },
    )


def _endpoint(inventory: Inventory, one: Endpoint) -> Workload:
    def models() -> Iterator[Model]:
        return models_of(inventory, one)

    def inputs() -> tuple[Ref, ...]:
        return tuple(ref for _, data in images_and_data(inventory, one) for ref in buckets("Model.containers", data))

    def outputs() -> tuple[Ref, ...]:
        capture = config_of(inventory, one).data_capture_config
        return buckets("EndpointConfig.data_capture_config", capture.destination_s3_uri) if capture is not None else ()

    return _workload(
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
            "sensitivity": lambda: _sensitivity(inventory, one.tags, inputs()),
        },
    )


def _belongs(one: Function) -> bool:
    """Say whether a function's environment or a tag makes it part of an AI workload; True where that cannot be known."""
    try:
        names_ai = any("BUCKET" not in name.upper() for name in one.references or {})
        return names_ai or one.tags.get("workload", "").lower() in STAGES
    except NotCollected:
        # It is kept, and its fields say what is missing.
        return True


def _function(inventory: Inventory, one: Function) -> Workload | None:
    """Return the function as a workload, None for one that has nothing to do with AI."""
    if not _belongs(one):
        return None

    def inputs() -> tuple[Ref, ...]:
        named = (value for name, value in (one.references or {}).items() if "BUCKET" in name.upper())
        return refs("Function.references", *(bucket_of(value) or value for value in named))

    return _workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: STAGES.get(one.tags.get("workload", "").lower(), Stage.INFER),
            "roles": lambda: refs("Function.role", one.role),
            "subnets": lambda: refs("Function.vpc_config", *(one.vpc_config.subnet_ids if one.vpc_config else ())),
            "security_groups": lambda: refs(
                "Function.vpc_config", *(one.vpc_config.security_group_ids if one.vpc_config else ())
            ),
            "inputs": inputs,
            "keys": lambda: refs("Function.kms_key_arn", one.kms_key_arn),
            "entries": lambda: tuple(r for url in one.url for r in refs("Function.url", url.function_url)),
            "sensitivity": lambda: _sensitivity(inventory, one.tags, inputs()),
        },
    )


STAGES = {
    "inference": Stage.INFER, "infer": Stage.INFER, "training": Stage.TRAIN, "train": Stage.TRAIN,
    "processing": Stage.PROCESS, "process": Stage.PROCESS, "development": Stage.DEVELOP, "develop": Stage.DEVELOP,
}  # fmt: skip
"""Values of the tag `workload` that make a function part of an AI workload."""

MAKERS: tuple[tuple[type[Record], Callable[[Inventory, Record], Workload | None]], ...] = (
    (NotebookInstance, _notebook),
    (Domain, _domain),
    (TrainingJob, _job),
    (Endpoint, _endpoint),
    (Function, _function),
)  # type: ignore[assignment]


def _sensitivity(inventory: Inventory, tags: Tags | None, reads: tuple[Ref, ...]) -> Ref | None:
    """Return the highest class that a tag tells, of the workload itself or of a bucket that it reads."""
    told = [Ref(word, "tag") for word in (class_of(tags),) if word is not None]
    for ref in reads:
        # Nothing is above the highest class, so buckets that cannot be seen do not matter.
        if told and told[-1].value == CLASSES[-1]:
            break
        bucket = bucket_named(inventory, ref.value)
        word = class_of(bucket.tags)
        if word is not None:
            told.append(Ref(word, f"tag of {bucket.name}"))
    return max(told, key=lambda ref: CLASSES.index(ref.value), default=None)


def bucket_named(inventory: Inventory, name: str) -> Bucket:
    """Return a bucket by its name. Raises NotCollected for one that is not among those of this account that were seen."""
    found = inventory.find(Bucket, f"arn:{inventory.partition}:s3:::{name}")
    if found is None:
        detail = f"bucket {name} is not among the buckets of this account and these regions"
        raise NotCollected("Bucket", Gap(Reason.NOT_COLLECTED, detail, resource=name))
    return found
