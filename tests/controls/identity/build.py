"""Users, roles and policies in few words, for the tests of identity controls."""

import json

from hexward.inventory import GLOBAL, ManagedPolicy, Ref, Role, Stage, User, Workload
from hexward.inventory.iam import Attached, Boundary
from tests.build import ACCOUNT, REGION, seen

AWS = "arn:aws:iam::aws:policy/"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/ml"
USER = f"arn:aws:iam::{ACCOUNT}:user/contractor"


def policy(**statement: object) -> str:
    """Return a document of one statement that allows everything, but for what is given."""
    if not {"NotAction", "Principal"} & statement.keys():
        statement = {"Action": "*"} | statement
    if not {"NotResource", "Principal"} & statement.keys():
        statement = {"Resource": "*"} | statement
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | statement]}, sort_keys=True)


EVERYTHING = policy()
POWER_USER = policy(NotAction=["iam:*", "organizations:*", "account:*"])
READS_ONE_BUCKET = policy(Action="s3:GetObject", Resource="arn:aws:s3:::train/*")
TRUST = policy(Principal={"Service": "sagemaker.amazonaws.com"}, Action="sts:AssumeRole")


def managed(name: str, document: str = EVERYTHING) -> ManagedPolicy:
    """Return a policy of AWS's own."""
    return seen(ManagedPolicy, AWS + name, region=GLOBAL, document=document)


def attached(*names: str) -> tuple[Attached, ...]:
    """Return the attachments of policies of AWS's own."""
    return tuple(Attached(policy_name=name, policy_arn=AWS + name) for name in names)


def role(
    *inline: str, arn: str = ROLE, trust: str = TRUST, managed: tuple[str, ...] = (), boundary: str = "", **more: object
) -> Role:
    """Return a role with inline documents, and AWS's policies by name."""
    limit = Boundary(permissions_boundary_arn=AWS + boundary) if boundary else None
    fields = {
        "name": "ml",
        "path": "/",
        "inline": inline,
        "attached": attached(*managed),
        "boundary": limit,
        "tags": None,
    }
    return seen(Role, arn, region=GLOBAL, **fields | {"trust": trust} | more)


def user(*inline: str, managed: tuple[str, ...] = (), groups: tuple[str, ...] = (), **more: object) -> User:
    """Return a user with inline documents, and AWS's policies by name."""
    fields = {"name": "contractor", "inline": inline, "attached": attached(*managed), "boundary": None, "tags": None}
    return seen(User, USER, region=GLOBAL, **fields | {"groups": groups} | more)


def workload(arn: str = "notebook-instance/research", stage: Stage = Stage.DEVELOP, role_arn: str = ROLE) -> Workload:
    """Return a workload that runs as a role."""
    full = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:{arn}"
    return seen(Workload, full, stage=stage, roles=(Ref(role_arn, "NotebookInstance.role_arn"),))
