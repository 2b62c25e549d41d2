from datetime import UTC, datetime, timedelta

import pytest

from hexward.iam.principals import Grant, principal
from hexward.iam.tenure import came, ends, lasts_until, temporary, temporary_policy
from hexward.inventory import NotCollected, Role
from hexward.inventory.attachments import Attachment
from tests.build import NOW, inventory
from tests.controls.identity.build import EVERYTHING, policy, role


def held(owner: Role):
    return principal(inventory(owner), owner)


@pytest.mark.parametrize(
    ("name", "tags", "meant"),
    [
        ("TempAdmin", None, True),
        ("ml_tmp_2", None, True),
        ("ml", {"Temporary": "yes"}, True),
        ("ml", {"temporary": "No"}, False),
        ("ml", None, False),
    ],
)
def test_what_is_meant_to_end_is_told_by_words_and_tags(name, tags, meant):
    assert temporary(held(role(name=name, tags=tags))) is meant


def test_words_are_not_parts_of_words():
    assert not temporary(held(role(name="template-Contemporary-attempt")))
    assert temporary(held(role(name="TEMP-admin")))
    assert temporary_policy(Grant("{}", "arn:aws:iam::1:policy/team/AdminTemp"))
    assert not temporary_policy(Grant("{}"))


def test_a_tag_that_is_no_date_is_told_and_has_no_time():
    tags = {
        "expires": "soon",
        "Valid Until": "2026-04-01",
        "temporary": "true",
        "temp": "20260402",
        "owner": "2026-01-01",
    }
    assert ends(tags) == {
        "Valid Until": datetime(2026, 4, 1, tzinfo=UTC),
        "expires": None,
        "temp": datetime(2026, 4, 2, tzinfo=UTC),
    }
    assert ends(None) == {}


def test_permissions_last_as_long_as_some_allow_does():
    ended = policy(Condition={"DateLessThan": {"aws:CurrentTime": NOW.strftime("%Y-%m-%dT%H:%M:%SZ")}})
    for when, lasts in ((NOW - timedelta(hours=1), True), (NOW + timedelta(hours=1), False)):
        assert lasts_until(held(role(ended)), when) is lasts
        assert lasts_until(held(role(ended, EVERYTHING)), when)
    with pytest.raises(NotCollected, match="malformed"):
        lasts_until(held(role("no JSON")), NOW)


def test_a_policy_came_when_it_was_last_attached():
    events = [Attachment(at=NOW - timedelta(days=day), holder="role/ml", policy="arn:p") for day in (3, 1, 2)]
    assert came(Grant("{}", "arn:p"), "role/ml", events) == NOW - timedelta(days=1)
    assert came(Grant("{}", "arn:q"), "role/ml", events) is None
    assert came(Grant("{}"), "role/ml", events) is None
