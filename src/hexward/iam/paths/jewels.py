"""What an attacker of AI is after, and the last step to it: training data and models with their keys, endpoints, what agents remember.

A bucket whose objects are encrypted with a customer's key is read only by whoever may use the key too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hexward.iam.document import ALL_TO_ALL
from hexward.iam.doubt import Answer, Doubt, all_of, any_of
from hexward.iam.lock import lock_of
from hexward.iam.paths.account import AccountView, Way
from hexward.iam.paths.catalogue import ANY, Category, Path
from hexward.iam.paths.effective import Effective
from hexward.iam.paths.steps import Steps
from hexward.inventory import (
    Agent,
    AgentMemory,
    AgentRuntime,
    Bucket,
    Endpoint,
    Inventory,
    NotCollected,
    PublicEntry,
    Record,
    Workload,
)
from hexward.inventory.front_door import EntryKind
from hexward.inventory.purpose import holds_models, holds_training_data
from hexward.inventory.s3 import key_of_bucket

READ = ("s3:GetObject", "s3:GetObjectVersion")
"""Calls that hand out the content of an object: of its current version, or of any."""

DECRYPT = "kms:Decrypt"

LENT = "key grant"
"""The right to decrypt by a grant alone; what the way goes through is the grant."""


class Sort(StrEnum):
    """What a goal is."""

    ADMINISTRATION = "administration"
    PRINCIPAL = "principal"
    TRAINING_DATA = "training data"
    MODELS = "model artifacts"
    BUCKET = "bucket"
    ENDPOINT = "endpoint"
    ENTRY = "public entry"
    MEMORY = "agent memory"


@dataclass(frozen=True, slots=True)
class Goal:
    """Something worth reaching."""

    sort: Sort
    arn: str
    name: str


def jewels(inventory: Inventory) -> tuple[tuple[Goal, ...], tuple[NotCollected, ...]]:
    """Return the crown jewels, and what kept more of them from being seen."""
    goals: list[Goal] = []
    unseen: list[NotCollected] = []
    for bucket in inventory.of(Bucket).records:
        for sort, holds in ((Sort.TRAINING_DATA, holds_training_data), (Sort.MODELS, holds_models)):
            try:
                if holds(inventory, bucket):
                    goals.append(Goal(sort, bucket.arn, bucket.name))
                    break
            except NotCollected as missing:
                unseen.append(missing)
    kinds: tuple[tuple[Sort, type[Record]], ...] = (
        (Sort.ENDPOINT, Endpoint), (Sort.ENDPOINT, Agent), (Sort.ENDPOINT, AgentRuntime), (Sort.MEMORY, AgentMemory)
    )  # fmt: skip
    for sort, kind in kinds:
        goals += [Goal(sort, one.arn, _name(one)) for one in inventory.of(kind).records]
    goals += [Goal(Sort.ENTRY, one.arn, _name(one)) for one in inventory.of(PublicEntry).records if is_open(one)]
    listed: tuple[type[Record], ...] = (Bucket, PublicEntry, *(kind for _, kind in kinds))
    for kind in listed:
        unseen += inventory.of(kind).gaps
    return tuple(goals), tuple(unseen)


def is_open(entry: PublicEntry) -> bool:
    """Say whether a public entry surely hands requests to AI without asking for credentials; those of load balancers are not told."""
    if entry.sort is EntryKind.FUNCTION_URL:
        return True
    known = entry.known().get("open_routes")
    return isinstance(known, tuple) and any(route.sure and not route.api_key for route in known)


def _name(one: Record) -> str:
    name = one.known().get("name")
    return name if isinstance(name, str) else one.arn.rpartition("/")[2]


@dataclass(frozen=True)
class Treasure:
    """One goal, with what the last step to it needs."""

    view: AccountView
    goal: Goal

    @cached_property
    def bucket(self) -> Bucket | None:
        """The bucket, where the goal is one."""
        return self.view.inventory.find(Bucket, self.goal.arn) if ":s3:::" in self.goal.arn else None

    @cached_property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """The calls, each with its resource, any of which uses an endpoint."""
        service, name = self.goal.arn.split(":")[2], self.goal.arn.rpartition("/")[2]
        if service == "sagemaker":
            invoke = ("", "Async", "WithResponseStream")
            return tuple((f"sagemaker:InvokeEndpoint{how}", self.goal.arn) for how in invoke)
        if service == "bedrock":
            stem = self.goal.arn.partition(":agent/")[0]
            return (("bedrock:InvokeAgent", f"{stem}:agent-alias/{name}/*"),)
        return (("bedrock-agentcore:InvokeAgentRuntime", self.goal.arn),)

    def ways(self, steps: Steps, direct: dict[str, Answer]) -> Iterator[Way]:
        """Yield the last steps of one principal; `direct` tells which roles read the bucket by themselves."""
        who = steps.who
        if self.goal.sort is Sort.ENDPOINT:
            for action, resource in self.calls:
                answer = who.may(action, resource, tags=self.view.tags_on(resource))
                yield from _way(("invoke",), ((action, resource),), answer)
        elif self.goal.sort is Sort.MEMORY:
            asks = (("bedrock-agentcore:RetrieveMemoryRecords", self.goal.arn),)
            yield from _way(("agentcore-memory",), asks, who.may(*asks[0], tags=self.view.tags_on(self.goal.arn)))
        elif self.bucket is not None:
            yield from self._of_bucket(steps, direct)

    def _of_bucket(self, steps: Steps, direct: dict[str, Answer]) -> Iterator[Way]:
        yield from self.own(steps.who)
        for path in self.view.by_category[Category.DATA]:
            if path.gains == "data":
                yield from self._through_role(path, steps, direct)
            elif path.gains == "bucket" and "s3:PutBucketPolicy" not in path.do:
                yield from self._shown(path, steps.who)

    def own(self, who: Effective) -> Iterator[Way]:
        """Yield the ways by which a principal reads with its own credentials, having changed a policy first where it must."""
        for read, reading, reads in self._readings(who):
            if reads is False:
                continue
            for used, using, uses, grant in self._uses(who):
                by = (*read, *used) if read or (used and not grant) else ("read", *used)
                yield from _way(by, (*reading, *using), all_of((reads, uses)), grant)

    def _readings(self, who: Effective) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, str], ...], Answer]]:
        try:
            bucket = self.bucket
            policy = None if bucket is None else bucket.policy
        except NotCollected as missing:
            yield (), ((READ[0], f"{self.goal.arn}/*"),), _in_doubt(self.reads(who, None), missing)
            return
        objects = f"{self.goal.arn}/*"
        for action in READ:
            yield (), ((action, objects),), who.may(action, objects, policy=policy)
        if who.speaks_of("s3:PutBucketPolicy"):
            put = who.may("s3:PutBucketPolicy", self.goal.arn, policy=policy)
            read = any_of(who.may(action, objects, policy=ALL_TO_ALL) for action in READ)
            yield ("s3-policy",), (("s3:PutBucketPolicy", self.goal.arn),), all_of((put, read))

    def reads(self, who: Effective, policy: str | None) -> Answer:
        """Say whether a principal may get objects, encrypted or not."""
        return any_of(who.may(action, f"{self.goal.arn}/*", policy=policy) for action in READ)

    def _uses(self, who: Effective) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, str], ...], Answer, str]]:
        """Yield the ways to use the bucket's key, each with the grant it hangs on; one without asks where there is no customer's key."""
        try:
            bucket = self.bucket
            key = None if bucket is None else key_of_bucket(self.view.inventory, bucket)
            if bucket is None or key is None or key.manager != "CUSTOMER":
                yield (), (), True, ""
                return
            lock = lock_of(key)
        except NotCollected as missing:
            answer: Answer = Doubt(str(missing)) if who.speaks_of(DECRYPT) else False
            yield (), ((DECRYPT, ANY),), answer, ""
            return
        told: dict[str, object] = {
            "kms:viaservice": f"s3.{bucket.region}.amazonaws.com",
            "kms:calleraccount": self.view.number,
            "aws:requestedregion": bucket.region,
        }
        decrypts = who.opens(DECRYPT, lock, told)
        grant = who.borrows(DECRYPT, lock, told) if decrypts is True else ""
        yield (LENT,) if grant else (), ((DECRYPT, key.arn),), decrypts, f"grant {grant}" if grant else ""
        opened = who.may(DECRYPT, key.arn, told, policy=ALL_TO_ALL)
        for path in self.view.by_category[Category.DATA]:
            if path.gains == "key":
                [(action, _)] = path.do.items()
                direct = {"kms:calleraccount": self.view.number, "kms:viaservice": None}
                yield (
                    (path.id,),
                    ((action, key.arn),),
                    all_of((who.may(action, key.arn, direct, policy=lock.policy), opened)),
                    "",
                )

    def _through_role(self, path: Path, steps: Steps, direct: dict[str, Answer]) -> Iterator[Way]:
        """Yield a way for each role that reads the bucket and may be passed to a service that shows what it reads."""
        if not all(steps.who.speaks_of(action) for action in path.do):
            return
        on_bucket = all_of(steps.who.may(action, self.goal.arn) for action, _ in path.on("bucket"))
        if on_bucket is False:
            return
        begun = list(steps.begun(path))
        for way in begun:
            for role, passed in steps.passable(path).items():
                unsure = Doubt(way.doubt) if way.doubt else True
                answer = all_of((direct.get(role, False), passed, on_bucket, unsure))
                yield from _way((path.id,), (("iam:PassRole", role), *way.asks), answer, role)

    def _shown(self, path: Path, who: Effective) -> Iterator[Way]:
        """Yield a way for each knowledge base that holds the bucket's documents."""
        if not all(who.speaks_of(action) for action in path.do):
            return
        for found in self.view.things.found.get("knowledge_base", ()):
            if self.goal.name in found.buckets:
                asks = tuple((action, ANY if word == ANY else found.arn) for action, word in path.do.items())
                answer = all_of(who.may(action, resource, tags=found.tags) for action, resource in asks)
                yield from _way((path.id,), asks, answer, found.arn)

    def meant(self) -> frozenset[str]:
        """Return the roles of the workloads that read or write the bucket by design. What was not read is left out."""
        found: set[str] = set()
        for field in ("input_buckets", "output_buckets"):
            for workload in self.view.inventory.by(Workload, field, self.goal.name).records:
                known = workload.known()
                found |= set(workload.role_arns) if "roles" in known else set()
        return frozenset(found)


def _in_doubt(answer: Answer, missing: NotCollected) -> Answer:
    return False if answer is False else Doubt(str(missing))


def _way(paths: tuple[str, ...], asks: tuple[tuple[str, str], ...], answer: Answer, through: str = "") -> Iterator[Way]:
    if answer is not False:
        yield Way(paths, through, asks, answer.construct if isinstance(answer, Doubt) else "")
