"""What exists and runs under a role, or holds data that a call shows: the things that paths go through."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hexward.iam.doubt import Doubt
from hexward.iam.lock import Lock, lock_of
from hexward.iam.paths.catalogue import catalogue
from hexward.inventory import (
    Agent,
    AgentGateway,
    AgentMemory,
    AgentRuntime,
    Browser,
    Bucket,
    CodeInterpreter,
    Domain,
    Endpoint,
    Function,
    Inventory,
    KnowledgeBase,
    NotCollected,
    NotebookInstance,
    Record,
    Repository,
    TrainingJob,
    Workload,
)
from hexward.inventory.ecr import image_name
from hexward.inventory.s3 import key_of_bucket
from hexward.inventory.tags import Tags


@dataclass(frozen=True, slots=True)
class Found:
    """One thing: its ARN, or a pattern of what is in it; the ARNs of its roles; its tags, or a doubt where they were not read.

    `also` are other words for parts of it. `buckets` are those that it shows. `policy` is its own, and `key` the one that
    writing to it takes. `wakes` is the call that it takes besides, where the thing stands still.
    """

    arn: str
    roles: tuple[str, ...] = ()
    tags: Tags | Doubt = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    buckets: tuple[str, ...] = ()
    policy: str | None = None
    key: Lock | None = None
    wakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Things:
    """All things by their word in the catalogue, and for each word of which there may be more, the reason."""

    found: Mapping[str, tuple[Found, ...]]
    missing: Mapping[str, Doubt]


type Make = Callable[[Inventory, Any], Iterable[Found]]

NO_TAGS = Doubt("tags of a thing that were not read")


def things_of(inventory: Inventory) -> Things:
    """Put together what exists. What was not listed, or whose role was not read, makes its word one of which there may be more."""
    found: dict[str, tuple[Found, ...]] = {}
    missing: dict[str, Doubt] = {}
    for word, thing in catalogue().things.items():
        if not thing.collected:
            missing[word] = Doubt(f"{word.replace('_', ' ')}s are not collected")
    for word, (kind, make) in MAKERS.items():
        listing = inventory.of(kind)
        gaps = [gap.again() for gap in listing.gaps]
        made: list[Found] = []
        for one in listing.records:
            try:
                made.extend(make(inventory, one))
            except NotCollected as unread:
                gaps.append(unread)
        # Regions are read side by side; which of two routes of one length is told must not hang on which came first.
        found[word] = tuple(sorted(made, key=lambda one: one.arn))
        if gaps:
            missing[word] = Doubt(str(gaps[0]))
    return Things(found, missing)


def _tags(one: Any) -> Tags | Doubt:  # noqa: ANN401  (any record that has tags)
    try:
        tags: Tags | None = one.tags
    except NotCollected:
        return NO_TAGS
    return tags or {}


def _notebook(_: Inventory, one: NotebookInstance) -> Iterator[Found]:
    if one.status not in {"Failed", "Deleting"}:
        wakes = ("sagemaker:StartNotebookInstance",) if one.status in {"Stopped", "Stopping"} else ()
        yield Found(one.arn, (one.role_arn,), _tags(one), wakes=wakes)


def _lifecycle_config(_: Inventory, one: NotebookInstance) -> Iterator[Found]:
    if one.lifecycle_config_name is not None:
        name = one.lifecycle_config_name
        yield Found(f"{_stem(one)}:notebook-instance-lifecycle-config/{name}", (one.role_arn,), NO_TAGS)


def _stem(one: Record) -> str:
    """Return the five first fields of an ARN."""
    return ":".join(one.arn.split(":")[:5])


def _function(_: Inventory, one: Function) -> Iterator[Found]:
    yield Found(one.arn, (one.role,), _tags(one))


def _tool(_: Inventory, one: CodeInterpreter | Browser) -> Iterator[Found]:
    if one.execution_role_arn is not None:
        yield Found(one.arn, (one.execution_role_arn,), NO_TAGS)


def _runtime(_: Inventory, one: AgentRuntime) -> Iterator[Found]:
    yield Found(one.arn, (one.role_arn,), _tags(one))


def _gateway(_: Inventory, one: AgentGateway) -> Iterator[Found]:
    if one.role_arn is not None:
        yield Found(one.arn, (one.role_arn,), NO_TAGS)


def _agent(_: Inventory, one: Agent) -> Iterator[Found]:
    yield Found(one.arn, (one.role_arn,), _tags(one), {"agent_alias": f"{_stem(one)}:agent-alias/{one.id}/*"})


def _domain(_: Inventory, one: Domain) -> Iterator[Found]:
    role = one.default_user_settings.execution_role
    name = one.arn.rpartition("/")[2]
    if role is not None:
        yield Found(one.arn, (role,), _tags(one), {"profile": f"{_stem(one)}:user-profile/{name}/*"})


def _profile(inventory: Inventory, one: Domain) -> Iterator[Found]:
    for domain in _domain(inventory, one):
        yield Found(domain.also["profile"], domain.roles, NO_TAGS)


def _training_job(_: Inventory, one: TrainingJob) -> Iterator[Found]:
    if one.status == "InProgress":
        yield Found(one.arn, (one.role_arn,), NO_TAGS)


def _model_object(inventory: Inventory, one: Endpoint) -> Iterator[Found]:
    """Yield the objects of each bucket that the endpoint's models are loaded from."""
    for workload in inventory.by(Workload, "arn", one.arn):
        for name in workload.input_buckets:
            bucket = inventory.find(Bucket, f"arn:{inventory.partition}:s3:::{name}")
            if bucket is not None:
                key = key_of_bucket(inventory, bucket)
                lock = None if key is None else lock_of(key)
                yield Found(f"{bucket.arn}/*", workload.role_arns, NO_TAGS, policy=bucket.policy, key=lock)


def _image(inventory: Inventory, one: Endpoint) -> Iterator[Found]:
    """Yield the repository of each image that the endpoint pulls by a tag which can be moved."""
    for workload in inventory.by(Workload, "arn", one.arn):
        for ref in workload.images:
            name = image_name(ref.value)
            if name is None or name.digest or name.account != inventory.account:
                continue
            arn = f"arn:{inventory.partition}:ecr:{name.region}:{name.account}:repository/{name.name}"
            repository = inventory.find(Repository, arn)
            if repository is not None and not repository.holds(name.tag):
                yield Found(arn, workload.role_arns, NO_TAGS)


def _knowledge_base(inventory: Inventory, one: KnowledgeBase) -> Iterator[Found]:
    for workload in inventory.by(Workload, "arn", one.arn):
        yield Found(one.arn, (), _tags(one), buckets=workload.input_buckets)


def _memory(_: Inventory, one: AgentMemory) -> Iterator[Found]:
    yield Found(one.arn, (), NO_TAGS)


MAKERS: dict[str, tuple[type[Record], Make]] = {
    "agent": (Agent, _agent),
    "browser": (Browser, _tool),
    "code_interpreter": (CodeInterpreter, _tool),
    "domain": (Domain, _domain),
    "function": (Function, _function),
    "gateway": (AgentGateway, _gateway),
    "image": (Endpoint, _image),
    "knowledge_base": (KnowledgeBase, _knowledge_base),
    "lifecycle_config": (NotebookInstance, _lifecycle_config),
    "memory": (AgentMemory, _memory),
    "model_object": (Endpoint, _model_object),
    "notebook": (NotebookInstance, _notebook),
    "profile": (Domain, _profile),
    "runtime": (AgentRuntime, _runtime),
    "training_job": (TrainingJob, _training_job),
}
"""What makes a thing of a record, by its word."""
