from datetime import timedelta
from typing import Any

import pytest

from hexward.controls import judge as judge_in
from hexward.controls.identity.admin_attachment_age import admin_attachment_age
from hexward.iam.principals import principal
from hexward.inventory import GLOBAL, AttachmentHistory, Group, Record, Role, User
from hexward.inventory.attachments import Attachment
from hexward.model import Status
from tests.build import ACCOUNT, NOW, inventory, seen
from tests.controls.identity.build import AWS, EVERYTHING, POWER_USER, READS_ONE_BUCKET, attached, managed, role, user

ADMIN = managed("AdministratorAccess")
ADMIN_ARN = f"{AWS}AdministratorAccess"
READS = managed("Reads", READS_ONE_BUCKET)
OLD: dict[str, Any] = {"created": NOW - timedelta(days=400)}
SSO = f"arn:aws:iam::{ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1"


def history(*told: tuple[float, str, str]) -> AttachmentHistory:
    """Return the look-up; each event is how many days ago, to whom, and which policy."""
    events = tuple(
        Attachment(at=NOW - timedelta(days=days), holder=holder, policy=policy) for days, holder, policy in told
    )
    arn = f"arn:aws:cloudtrail::{ACCOUNT}:event-history/attachments"
    return seen(AttachmentHistory, arn, region=GLOBAL, attachments=events)


def team(*inline: str, managed: tuple[str, ...] = ()) -> Group:
    return seen(Group, region=GLOBAL, name="team", inline=inline or None, attached=attached(*managed))


def admin(days: float = 400, **more: Any) -> Role:
    return role(managed=("AdministratorAccess",), created=NOW - timedelta(days=days), **more)


def status(owner: Role | User, *others: Record) -> Status:
    given = inventory(owner, ADMIN, READS, *others)
    return judge_in(admin_attachment_age, principal(given, owner), given).status


PASS = inventory(admin(), ADMIN, history((7, "role/ml", ADMIN_ARN)))
FAIL = inventory(admin(), ADMIN, history((8, "role/ml", ADMIN_ARN)))


@pytest.mark.parametrize(
    ("owner", "events", "expected"),
    [
        (admin(), (), Status.FAIL),
        (admin(), ((1, "role/other", ADMIN_ARN), (1, "role/ml", f"{AWS}Reads")), Status.FAIL),
        (role(EVERYTHING, managed=("AdministratorAccess",), **OLD), ((1, "role/ml", ADMIN_ARN),), Status.FAIL),
        (role(EVERYTHING, **OLD), (), Status.FAIL),
        (role(EVERYTHING, **OLD), ((1, "role/ml", "all"),), Status.UNKNOWN),
        (role(READS_ONE_BUCKET, managed=("AdministratorAccess",), **OLD), ((1, "role/ml", ADMIN_ARN), (1, "role/ml", "read")), Status.PASS),
        (role(POWER_USER, **OLD), (), Status.NOT_APPLICABLE),
        (admin(name="break-glass", tags={"BreakGlass": "true"}), (), Status.FAIL),
        (admin(arn=SSO), (), Status.NOT_APPLICABLE),
    ],
)  # fmt: skip
def test_only_a_policy_that_came_within_a_week_is_fresh(owner, events, expected):
    assert status(owner, history(*events)) is expected


@pytest.mark.parametrize(
    ("group", "events", "expected"),
    [
        (team(managed=("AdministratorAccess",)), (), Status.FAIL),
        (team(managed=("AdministratorAccess",)), ((1, "group/team", ADMIN_ARN),), Status.PASS),
        (team(managed=("AdministratorAccess",)), ((1, "user/contractor", "group/team"),), Status.PASS),
        (team(managed=("AdministratorAccess",)), ((1, "user/contractor", "group/other"),), Status.FAIL),
        (team(EVERYTHING), ((1, "group/team", "all"),), Status.UNKNOWN),
    ],
)
def test_what_comes_through_a_group_counts_from_the_group_or_from_joining(group, events, expected):
    assert status(user(groups=("team",), **OLD), group, history(*events)) is expected


def test_without_the_whole_history_only_youth_is_proved():
    cut = history().punched("attachments")
    assert status(admin(7), cut) is status(admin(7)) is Status.PASS
    assert status(admin(8), cut) is status(admin(8)) is Status.UNKNOWN


def test_says_how_long_it_is_proved_to_be_at_least():
    def says(owner: Role, *events: tuple[float, str, str]) -> str:
        given = inventory(owner, ADMIN, history(*events))
        [fault] = judge_in(admin_attachment_age, principal(given, owner), given).faults
        return fault.says

    assert says(admin()) == "it is an administrator for 90 days at least"
    assert says(admin(20)) == "it is an administrator for 20 days at least"
    assert says(admin(), (30, "role/ml", ADMIN_ARN)) == "it is an administrator for 30 days at least"
