"""AI workloads: what trains, serves or explores models, with the role, network, buckets, keys and image that it really uses.

Everything here follows a *reference*, an environment variable or a tag; a permission alone never makes something part of a workload.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from hexward.inventory.inventory import Derived, Inventory, Maker
from hexward.inventory.record import Listing, NotCollected, Record, exists, record
from hexward.inventory.reference import Ref
from hexward.inventory.s3 import Bucket
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
    def training_buckets(self) -> tuple[str, ...]:
        """Return the names of the buckets that it trains on; what a workload reads that does not train need not be known."""
        return self.input_buckets if self.stage is Stage.TRAIN else ()

    @property
    def output_buckets(self) -> tuple[str, ...]:
        """Return the names of the buckets that it writes."""
        return tuple(dict.fromkeys(ref.value for ref in self.outputs))

    @property
    def keys_of_disks(self) -> tuple[str, ...]:
        """Return the texts by which it names keys, but for those of what it writes into buckets."""
        return tuple(dict.fromkeys(ref.value for ref in self.keys if "output" not in ref.source))

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds that hold or name AI workloads."""
        return (*MAKERS, *LOOKED_UP)

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Put together every workload of the account."""
        return cls.of_each(inventory, MAKERS)


MAKERS: dict[type[Record], Maker] = {}
"""What makes a workload of a record, by the kind of the record; the files `*_workloads.py` fill it when the package is imported."""

LOOKED_UP: dict[type[Record], None] = {Bucket: None}
"""The other kinds that makers look at."""


def maker(kind: type[Record], *looked_up: type[Record]) -> Callable[[Maker], Maker]:
    """Let a function make workloads of a kind of record; it may look at the other kinds, and return None for a record that is none."""

    def decorate(make: Maker) -> Maker:
        MAKERS[kind] = make
        LOOKED_UP.update(dict.fromkeys(looked_up))
        return make

    return decorate


def workload(one: Record, fields: Mapping[str, Callable[[], object]]) -> Workload:
    """Return a workload of these fields; what a kind never has is left out."""
    never: dict[str, Callable[[], object]] = dict.fromkeys(("inputs", "outputs", "images", "entries"), tuple)
    return Workload.worked_out(one, {**never, **fields})


def is_workload(inventory: Inventory, arn: str) -> bool:
    """Say whether what has this ARN is an AI workload. Raises NotCollected where it is not known whether it is one.

    A function whose environment or tags were not read is kept among the workloads, and its stage is then not known.
    """
    return exists(inventory.by(Workload, "arn", arn), lambda one: one.stage in Stage)


def sensitivity(inventory: Inventory, tags: Tags | None, reads: tuple[Ref, ...]) -> Ref | None:
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
