"""Accounts in which exactly one known path is open, built from the catalogue, for the tests of paths."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hexward.iam.paths.account import AccountView, Way
from hexward.iam.paths.catalogue import Category, Path, catalogue
from hexward.iam.paths.graph import Graph, build
from hexward.iam.paths.jewels import Goal, Sort
from hexward.iam.paths.people import ADMINISTRATION, FREED, JOINED, RAISED, Target
from hexward.inventory import (
    GLOBAL,
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
    Group,
    Inventory,
    Key,
    KnowledgeBase,
    ManagedPolicy,
    NotebookInstance,
    Organization,
    Record,
    Ref,
    Repository,
    Role,
    ServiceControlPolicy,
    Stage,
    TrainingJob,
    User,
    Workload,
)
from hexward.inventory.iam import Attached, Boundary, Login
from hexward.inventory.kms import GrantListEntry
from hexward.inventory.organizations import Level
from hexward.inventory.s3 import DefaultEncryption, EncryptionRule
from hexward.inventory.sagemaker import UserSettings
from tests.build import ACCOUNT, REGION, inventory, seen

IAM = f"arn:aws:iam::{ACCOUNT}:"
TARGET_ROLE, TARGET_USER = f"{IAM}role/target", f"{IAM}user/target"
TEAM = f"{IAM}group/team"
OWN_POLICY, LIMIT = f"{IAM}policy/own", f"{IAM}policy/limit"
BUCKET = "arn:aws:s3:::weights"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd"
OTHER_SERVICE = "polly.amazonaws.com"
MEMORY = f"arn:aws:bedrock-agentcore:{REGION}:{ACCOUNT}:memory/chat"

type Json = dict[str, object]


def allow(actions: object, resource: object = "*", **more: object) -> Json:
    """Return an Allow statement."""
    return {"Effect": "Allow", "Action": actions, "Resource": resource, **more}


def document(*statements: Json) -> str:
    """Return a policy's text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


EVERYTHING = document(allow("*"))
TO_ACCOUNT = document({"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": {"AWS": f"{IAM}root"}})


def trust(*services: str, **principal: object) -> str:
    """Return a trust policy that lets services in, or whomever `AWS` names."""
    who: Json = {"Service": list(services), **principal} if services else dict(principal)
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": who}]}
    )


def limit(name: str, *statements: Json) -> ServiceControlPolicy:
    """Return a service control policy."""
    return seen(ServiceControlPolicy, f"arn:aws:organizations::1:policy/{name}", content=document(*statements))


def organization(*policies: ServiceControlPolicy) -> Organization:
    """Return an organisation whose root holds these policies."""
    levels = (Level(policies=tuple(one.arn for one in policies), id="r-1"),)
    return seen(Organization, id="o-1", management_account_id="999988887777", feature_set="ALL", levels=levels)


def a_role(arn: str, *inline: str, trusted: str, attached: tuple[Attached, ...] = (), boundary: str = "") -> Role:
    """Return a role."""
    bound = Boundary(permissions_boundary_arn=boundary) if boundary else None
    profiles = (arn.replace(":role/", ":instance-profile/"),)
    return seen(
        Role, arn, region=GLOBAL, name=arn.rpartition("/")[2], path="/", trust=trusted, inline=inline,
        inline_names=names(inline), attached=attached, boundary=bound, tags=None, instance_profiles=profiles,
    )  # fmt: skip


def a_user(arn: str, *inline: str, attached: tuple[Attached, ...] = (), boundary: str = "", **more: Any) -> User:
    """Return a user, with a password and one key unless it is said otherwise."""
    bound = Boundary(permissions_boundary_arn=boundary) if boundary else None
    fields: dict[str, Any] = {
        "name": arn.rpartition("/")[2], "inline": inline, "inline_names": names(inline), "attached": attached,
        "boundary": bound, "tags": None,
    }  # fmt: skip
    return seen(User, arn, region=GLOBAL, **(fields | {"groups": (), "login": login(), **more}))


def names(inline: Sequence[str]) -> tuple[str, ...]:
    """Return the names of so many inline policies."""
    return tuple(f"own-{at}" for at in range(len(inline)))


def login(*, password: bool = True) -> Login:
    """Return a row of the credential report of someone with one key."""
    return Login(password, False, True, None, None, False, None, None)  # noqa: FBT003  (a row of eight columns)


def attached(arn: str) -> tuple[Attached, ...]:
    """Return the attachment of a policy."""
    return (Attached(policy_name=arn.rpartition("/")[2], policy_arn=arn),)


def here(service: str, resource: str) -> str:
    """Return an ARN in the region of the tests."""
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def used_by(arn: str, **more: Any) -> Workload:
    """Return a workload that serves under the target role."""
    fields: dict[str, Any] = {"stage": Stage.INFER, "roles": (Ref(TARGET_ROLE, "test"),)}
    return seen(Workload, arn, name="w", **{"inputs": (), "outputs": (), "images": (), **fields, **more})


def bucket(
    *, key: bool = False, policy: str | None = None, grants: tuple[GrantListEntry, ...] = ()
) -> tuple[Record, ...]:
    """Return a bucket, with a customer's key or none."""
    rule = DefaultEncryption("aws:kms", KEY) if key else DefaultEncryption("AES256")
    encryption = (EncryptionRule(rule),)
    made = seen(Bucket, BUCKET, name="weights", encryption=encryption, policy=policy)
    made_key = seen(Key, KEY, key_id="1234abcd", manager="CUSTOMER", policy=TO_ACCOUNT, grants=grants)
    return (made, made_key) if key else (made,)


NOTEBOOK = seen(NotebookInstance, here("sagemaker", "notebook-instance/lab"), name="lab", role_arn=TARGET_ROLE, tags={},
                lifecycle_config_name="start", status="InService")  # fmt: skip
STUDIO = seen(Domain, here("sagemaker", "domain/d-1"), name="d", tags={},
              default_user_settings=UserSettings(execution_role=TARGET_ROLE))  # fmt: skip
ENDPOINT = here("sagemaker", "endpoint/chat")
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/serve:latest"
BASE = here("bedrock", "knowledge-base/KB1")

EXISTING: dict[str, tuple[Record, ...]] = {
    "agent": (seen(Agent, here("bedrock", "agent/A1"), id="A1", name="a", role_arn=TARGET_ROLE, tags={}),),
    "browser": (seen(Browser, here("bedrock-agentcore", "browser-custom/b"), execution_role_arn=TARGET_ROLE),),
    "code_interpreter": (
        seen(CodeInterpreter, here("bedrock-agentcore", "code-interpreter-custom/c"), execution_role_arn=TARGET_ROLE),
    ),
    "domain": (STUDIO,),
    "function": (seen(Function, here("lambda", "function:chat"), name="chat", role=TARGET_ROLE, tags={}),),
    "gateway": (seen(AgentGateway, here("bedrock-agentcore", "gateway/g"), role_arn=TARGET_ROLE),),
    "image": (
        seen(Endpoint, ENDPOINT, name="chat"),
        used_by(ENDPOINT, images=(Ref(IMAGE, "test"),)),
        seen(Repository, here("ecr", "repository/serve"), image_tag_mutability="MUTABLE"),
    ),
    "knowledge_base": (
        seen(KnowledgeBase, BASE, id="KB1", name="kb", tags={}),
        used_by(BASE, inputs=(Ref("weights", "test"),), roles=(), stage=Stage.PROCESS),
    ),
    "lifecycle_config": (NOTEBOOK,),
    "memory": (seen(AgentMemory, MEMORY, name="chat"),),
    "model_object": (
        seen(Endpoint, ENDPOINT, name="chat"), used_by(ENDPOINT, inputs=(Ref("weights", "test"),)), *bucket(),
    ),
    "notebook": (NOTEBOOK,),
    "profile": (STUDIO,),
    "runtime": (seen(AgentRuntime, here("bedrock-agentcore", "runtime/r"), name="r", role_arn=TARGET_ROLE, tags={}),),
    "training_job": (
        seen(TrainingJob, here("sagemaker", "training-job/t"), name="t", role_arn=TARGET_ROLE, status="InProgress"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """An account in which one path is open to the walker, unless something is taken away."""

    path: Path
    statements: tuple[Json, ...]
    scps: tuple[Json, ...] = ()
    boundary: bool = False
    trusted: str = ""
    things: bool = True

    @property
    def walker(self) -> str:
        """The ARN of the one who walks: a user, where a path is not of roles alone."""
        return f"{IAM}role/walker" if self.path.who == "role" else f"{IAM}user/walker"

    @property
    def words(self) -> tuple[str, ...]:
        """The words on which the path acts."""
        return tuple(dict.fromkeys(word for word in self.path.do.values() if not word.startswith(("+", "*"))))

    @property
    def service(self) -> str:
        """The service that the target role trusts, if any."""
        kinds = catalogue().things
        of_thing = next((kinds[word].trusted for word in self.words if word in kinds), "")
        return self.trusted or self.path.service or of_thing

    @property
    def target(self) -> Target:
        """The node to which the path leads."""
        path = self.path
        if path.gains == "administration":
            return ADMINISTRATION
        if path.category is Category.DATA:
            return (MEMORY if path.gains == "memory" else BUCKET, "")
        mark = RAISED if path.raises else FREED if path.frees else ""
        if path.category is Category.SELF:
            return (self.walker, f"{JOINED}team" if path.joins else mark or RAISED)
        return (TARGET_USER if "user" in self.words else TARGET_ROLE, mark)

    def ways(self) -> tuple[Way, ...]:
        """Return the ways by this path from the walker to the target."""
        edges = self.graph().edges.get((self.walker, ""), {}).get(self.target, ())
        return tuple(way for way in edges if self.path.id in way.paths)

    def graph(self) -> Graph:
        """Return the whole graph."""
        goals = {"data": Sort.BUCKET, "memory": Sort.MEMORY}.get(self.path.gains, Sort.BUCKET)
        wanted = [Goal(goals, self.target[0], "weights")] if self.path.category is Category.DATA else []
        return build(AccountView(self.account()), wanted)

    def account(self) -> Inventory:
        """Return the account."""
        full = limit("full", allow("*"))
        limits = (full, limit("extra", *self.scps)) if self.scps else (full,)
        records = [
            organization(*limits),
            *limits,
            self._walker(),
            self._role(),
            self._user(),
            *self._team(),
            *self._others(),
        ]
        return inventory(*records)

    def _walker(self) -> Record:
        bound = LIMIT if self.boundary or (self.path.frees and self.path.category is Category.SELF) else ""
        own = document(*self.statements)
        held = attached(OWN_POLICY) if "policy" in self.words and self.path.category is Category.SELF else ()
        if self.path.who == "role":
            return a_role(self.walker, own, trusted=trust("ec2.amazonaws.com"), attached=held, boundary=bound)
        groups = ("team",) if "group" in self.words and not self.path.joins else ()
        return a_user(self.walker, own, attached=held, boundary=bound, groups=groups)

    def _role(self) -> Role:
        if self.service == "cognito-identity.amazonaws.com":
            lets = trust(Federated=self.service).replace("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity")
        elif self.service:
            lets = trust(self.service)
        else:
            lets = trust(AWS=f"{IAM}root")
        reads = document(allow("s3:GetObject", f"{BUCKET}/*"))
        held = attached(OWN_POLICY) if "policy" in self.words else ()
        own = reads if self.path.category is Category.DATA else document(allow("iam:ListUsers"))
        return a_role(TARGET_ROLE, own, trusted=lets, attached=held, boundary=LIMIT if self.path.frees else "")

    def _user(self) -> User:
        return a_user(TARGET_USER, login=login(password=self.path.if_ != "no_password"))

    def _team(self) -> tuple[Record, ...]:
        # Nothing that a test takes away may hide behind a boundary that allows nothing.
        bounds = allow("iam:ListUsers") if self.boundary else allow("*")
        policies = (
            seen(ManagedPolicy, OWN_POLICY, region=GLOBAL, document=document(allow("iam:ListUsers"))),
            seen(ManagedPolicy, LIMIT, region=GLOBAL, document=document(bounds)),
        )
        return (seen(Group, TEAM, region=GLOBAL, name="team", attached=(), inline=()), *policies)

    def _others(self) -> Iterable[Record]:
        if self.path.category is Category.DATA and self.path.gains != "memory":
            yield from bucket(key=self.path.gains == "key")
        for word in self.words if self.things else ():
            yield from EXISTING.get(word, ())


def scene(path: Path, leave_out: Sequence[str] = ()) -> Scene:
    """Return the account in which a path is open, but for the actions that are left out."""
    actions = [action for action in path.do if action not in leave_out]
    if path.gains == "key":
        actions.append("s3:GetObject")
    statements = [allow(actions)] if actions else [allow("iam:ListUsers")]
    return Scene(path, tuple(statements))


def passing(path: Path, service: str) -> Scene:
    """Return the account in which the walker may pass roles to one service alone."""
    others = [action for action in path.do if action != "iam:PassRole"]
    condition = {"StringEquals": {"iam:PassedToService": service}}
    return replace(scene(path), statements=(allow(others), allow("iam:PassRole", Condition=condition)))
