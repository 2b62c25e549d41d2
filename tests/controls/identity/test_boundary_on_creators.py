import pytest

from hexward.controls import judge as judge_in
from hexward.controls.identity.boundary_on_creators import boundary_on_creators
from hexward.iam.principals import principal
from hexward.inventory import Role
from hexward.model import Status
from tests.build import ACCOUNT, inventory
from tests.controls.identity.build import EVERYTHING, READS_ONE_BUCKET, managed, policy, role

BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/limit"
TEAM = f"arn:aws:iam::{ACCOUNT}:role/team/*"
LIMIT = managed("Limit", policy(NotAction="iam:Delete*Boundary"))


def creating(*actions: str, resource: str = TEAM, bounded: bool = True) -> str:
    condition = {"Condition": {"StringEquals": {"iam:PermissionsBoundary": BOUNDARY}}} if bounded else {}
    return policy(Action=list(actions or ("iam:CreateRole", "iam:AttachRolePolicy")), Resource=resource, **condition)


def aspects(owner: Role) -> set[str]:
    given = inventory(owner, LIMIT)
    return {fault.aspect for fault in judge_in(boundary_on_creators, principal(given, owner), given).faults}


PASS = inventory(role(creating(), boundary="Limit"), LIMIT)
FAIL = inventory(role(creating(bounded=False), boundary="Limit"), LIMIT)


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        (role(creating()), {"own"}),
        (role(creating("iam:PutUserPolicy", bounded=False)), {"own", "made"}),
        (role(creating("iam:CreateRole", bounded=False), policy(Effect="Deny", Action="iam:CreateRole",
              Condition={"StringNotEquals": {"iam:PermissionsBoundary": BOUNDARY}}), boundary="Limit"), set()),
        (role(creating(), policy(Action="iam:DeleteRolePermissionsBoundary", Resource=TEAM)), {"own", "off"}),
        (role(creating(), policy(Action="iam:DeleteRolePermissionsBoundary", Resource=TEAM), boundary="Limit"), set()),
        (role(creating(), policy(Action="iam:PutUserPermissionsBoundary", Resource="*"), boundary="Limit"), {"swapped"}),
        (role(creating(), creating("iam:PutRolePermissionsBoundary"), boundary="Limit"), set()),
    ],
)  # fmt: skip
def test_judges_what_is_made_what_is_taken_off_and_the_creator_itself(owner, expected):
    assert aspects(owner) == expected


@pytest.mark.parametrize(
    ("owner", "status"),
    [
        (role(READS_ONE_BUCKET), Status.NOT_APPLICABLE),
        (role(policy(Action="iam:AddRoleToInstanceProfile")), Status.NOT_APPLICABLE),
        (role(EVERYTHING), Status.NOT_APPLICABLE),
        (role("no JSON"), Status.UNKNOWN),
    ],
)
def test_others_than_creators_and_administrators_are_left_out(owner, status):
    given = inventory(owner)
    assert judge_in(boundary_on_creators, principal(given, owner), given).status is status
