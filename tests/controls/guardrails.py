"""A member account and the service control policies above it in few words, for the tests of guardrails."""

import json
from typing import Any

from hexward.controls import Control, judge
from hexward.inventory import GLOBAL, Organization, Record, ResourceControlPolicy, ServiceControlPolicy
from hexward.inventory.organizations import Level
from hexward.model import Status
from tests.build import ACCOUNT, inventory, seen

type Statement = dict[str, Any]

MANAGEMENT = "999988887777"
ROOT, UNIT = "r-ab12", "ou-ab12-11111111"
ARN = f"arn:aws:organizations::{MANAGEMENT}:policy/o-a1b2c3d4e5/service_control_policy/p-"
EVERYTHING = "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess"
BREAK_GLASS: Statement = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/break-glass"}}


def deny(*actions: str, condition: Statement | None = None, **more: object) -> Statement:
    """Return a statement that denies actions on everything, unless it is told otherwise."""
    found: Statement = {"Effect": "Deny", "Action": list(actions), "Resource": "*"} | more
    return found | ({} if condition is None else {"Condition": condition})


def written(*statements: Statement) -> str:
    """Return a policy's text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allowing() -> ServiceControlPolicy:
    """Return AWS's own policy, which is attached to every level unless someone takes it off."""
    statement: Statement = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    return seen(ServiceControlPolicy, EVERYTHING, region=GLOBAL, content=written(statement))


def guard(*statements: Statement, name: str = "guard") -> ServiceControlPolicy:
    """Return a service control policy."""
    return seen(ServiceControlPolicy, ARN + name, region=GLOBAL, content=written(*statements))


def on_resources(*statements: Statement, at: str = ROOT) -> ResourceControlPolicy:
    """Return a resource control policy, and what it is attached to."""
    arn = ARN.replace("service_control", "resource_control") + "guard"
    content = written(*(statement | {"Principal": "*"} for statement in statements))
    return seen(ResourceControlPolicy, arn, region=GLOBAL, content=content, target_ids=(at,))


def organization(*, unit: tuple[str, ...] = (ARN + "guard",), **fields: object) -> Organization:
    """Return an organisation in which the unit that holds the account has policies beside AWS's own."""
    levels = (
        Level(policies=(EVERYTHING,), id=ROOT),
        Level(policies=(EVERYTHING, *unit), id=UNIT),
        Level(policies=(EVERYTHING,)),
    )
    known: dict[str, object] = {"id": "o-a1b2c3d4e5", "management_account_id": MANAGEMENT, "feature_set": "ALL"}
    arn = f"arn:aws:organizations::{ACCOUNT}:organization"
    return seen(Organization, arn, region=GLOBAL, **known | {"levels": levels} | fields)


def aspects(control: Control, *statements: Statement, others: tuple[Record, ...] = ()) -> set[str]:
    """Return the aspects of the faults that a control finds under one policy; there must be nothing that it could not see."""
    one = organization()
    verdict = judge(control, one, inventory(one, allowing(), guard(*statements), *others))
    assert not verdict.unseen
    return {fault.aspect for fault in verdict.faults}


def status(control: Control, one: Organization, *others: Record) -> Status:
    """Judge an organisation among other records."""
    return judge(control, one, inventory(one, *others)).status
