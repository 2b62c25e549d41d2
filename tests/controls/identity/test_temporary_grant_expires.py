from datetime import datetime, timedelta
from typing import Any

import pytest

from hexward.controls import judge as judge_in
from hexward.controls.identity.temporary_grant_expires import temporary_grant_expires
from hexward.iam.principals import principal
from hexward.inventory import Record, Role
from hexward.model import Status
from tests.build import NOW, inventory
from tests.controls.identity.build import EVERYTHING, POWER_USER, READS_ONE_BUCKET, managed, policy, role


def until(end: datetime, **more: object) -> str:
    return policy(Condition={"DateLessThan": {"aws:CurrentTime": end.strftime("%Y-%m-%dT%H:%M:%SZ")}}, **more)


SOON, FAR = NOW + timedelta(days=20), NOW + timedelta(days=400)
OVER = policy(Effect="Deny", Condition={"DateGreaterThan": {"aws:CurrentTime": SOON.strftime("%Y-%m-%dT%H:%M:%SZ")}})
GUARD = policy(Effect="Deny", Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})
TAG = {"temporary": "true"}


def temp(*inline: str, tags: dict[str, str] | None = None, **more: Any) -> Role:
    return role(*inline, tags=TAG if tags is None else tags, **more)


def status(owner: Role, *others: Record) -> Status:
    given = inventory(owner, *others)
    return judge_in(temporary_grant_expires, principal(given, owner), given).status


PASS = inventory(temp(until(SOON)))
FAIL = inventory(temp(until(FAR)))


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        (temp(EVERYTHING), Status.FAIL),
        (temp(until(NOW - timedelta(days=9))), Status.PASS),
        (temp(until(SOON), READS_ONE_BUCKET), Status.FAIL),
        (temp(EVERYTHING, OVER), Status.PASS),
        (temp(EVERYTHING, GUARD), Status.FAIL),
        (temp(policy(Condition={"NumericLessThan": {"aws:EpochTime": str(int(SOON.timestamp()))}})), Status.PASS),
        (temp(policy(Condition={"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}})), Status.FAIL),
        (temp(), Status.PASS),
        (temp("no JSON"), Status.UNKNOWN),
        (temp(EVERYTHING, tags={}, name="TempAdmin"), Status.FAIL),
        (temp(EVERYTHING, tags={}, name="ml-tmp_2"), Status.FAIL),
        (temp(EVERYTHING, tags={}, name="template-attempts"), Status.NOT_APPLICABLE),
        (temp(EVERYTHING, tags={"temporary": "false"}), Status.NOT_APPLICABLE),
        (temp(EVERYTHING, tags={**TAG, "expires": "2026-03-20"}), Status.PASS),
        (temp(EVERYTHING, tags={"Temporary": "2026-03-20T10:00:00+02:00"}), Status.PASS),
        (temp(EVERYTHING, tags={**TAG, "expires": "2026-03-01"}), Status.FAIL),
        (temp(EVERYTHING, tags={**TAG, "valid_until": "2031-01-01"}), Status.FAIL),
        (temp(EVERYTHING, tags={"temporary": "until the project ends"}), Status.FAIL),
        (temp(until(SOON), tags={**TAG, "expires": "2026-03-01"}), Status.PASS),
    ],
)
def test_a_condition_on_the_time_or_a_day_on_a_tag_is_an_end(owner, expected):
    assert status(owner) is expected


@pytest.mark.parametrize(
    ("name", "document", "expected"),
    [
        ("TempAccess", EVERYTHING, Status.FAIL),
        ("TempAccess", until(SOON), Status.PASS),
        ("Access", EVERYTHING, Status.NOT_APPLICABLE),
    ],
)
def test_a_policy_that_is_called_temporary_ends_by_itself(name, document, expected):
    assert status(temp(READS_ONE_BUCKET, managed=(name,), tags={}), managed(name, document)) is expected


def test_a_boundary_ends_what_it_holds():
    assert status(temp(POWER_USER, boundary="Limit"), managed("Limit", until(SOON))) is Status.PASS


@pytest.mark.parametrize(
    ("tags", "says"),
    [
        (TAG, "it is called temporary, and what it permits has no end"),
        ({**TAG, "expires": "2026-03-01"}, "its tag expires says '2026-03-01', and it may act on"),
    ],
)
def test_says_what_is_missing(tags, says):
    owner = temp(EVERYTHING, tags=tags)
    given = inventory(owner)
    assert [fault.says for fault in judge_in(temporary_grant_expires, principal(given, owner), given).faults] == [says]
