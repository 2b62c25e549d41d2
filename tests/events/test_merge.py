"""Baselines merge in any order and grouping, and never learn of an hour twice."""

from copy import deepcopy
from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.events import baseline
from hexward.events.baseline import FIRST_SCHEMA, SCHEMA, Baseline, Habit, gathered, load, save
from hexward.model import UsageError
from tests.events.test_baseline import FIRST, MONTH, UNTIL, call, milliseconds

names = st.frozensets(st.sampled_from("abcde"), max_size=3).map(set)
hours = st.frozensets(st.integers(0, 20), max_size=3)
habits = st.builds(
    Habit, st.dictionaries(st.integers(0, 3), st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3), names, names
)
baselines = st.builds(
    Baseline,
    st.just(SCHEMA),
    st.integers(0, 9),
    holidays=st.frozensets(st.sampled_from([date(2025, 1, 1), date(2026, 1, 1), date(2026, 12, 25)])).map(set),
    learned=st.dictionaries(st.sampled_from(["1 eu", "2 eu"]), hours.map(set)),
    principals=st.dictionaries(st.sampled_from("pq"), habits),
    keys=st.dictionaries(st.sampled_from(["AKIA1", "AKIA2"]), names),
    regions=st.dictionaries(st.sampled_from("12"), names),
)


def merged(*parts: Baseline | None) -> Baseline | None:
    """Merge baselines; None where they cannot be."""

    def two(one: Baseline | None, other: Baseline | None) -> Baseline | None:
        if one is None or other is None:
            return None
        found = deepcopy(one)
        try:
            found.merge(other)
        except UsageError:
            return None
        return found

    return reduce(two, parts)


@given(baselines, baselines, baselines)
def test_baselines_merge_in_any_order_and_grouping(a, b, c):
    before, baseline.MOST_NAMES = baseline.MOST_NAMES, 3
    try:
        assert merged(a, merged(b, c)) == merged(merged(a, b), c)
        assert merged(a, b) == merged(b, a)
    finally:
        baseline.MOST_NAMES = before


def test_two_halves_merged_are_the_whole(tmp_path):
    halves = [gathered(MONTH[place::2], milliseconds(UNTIL)) for place in (0, 1)]
    halves[0].merge(halves[1])
    whole = gathered(MONTH, milliseconds(UNTIL))
    for name, one in (("halves", halves[0]), ("whole", whole)):
        save(one, tmp_path / name)
    assert (tmp_path / "halves").read_bytes() == (tmp_path / "whole").read_bytes()
    assert load(tmp_path / "whole") == whole


def test_windows_of_one_log_merge_into_the_whole():
    middle = milliseconds(FIRST + timedelta(days=9, hours=12))
    first = gathered(MONTH, middle)
    first.merge(gathered(MONTH, milliseconds(UNTIL), since=middle))
    assert first == gathered(MONTH, milliseconds(UNTIL))


def test_what_was_learned_from_the_same_hours_is_refused():
    one, other = (gathered(MONTH[:end], milliseconds(UNTIL)) for end in (3, 9))
    before = deepcopy(one)
    says = "both were learned from 111122223333 eu-west-1, in 3 of the hours between 2026-02-02T08:00:00Z and 2026-02-02T11:00:00Z"
    with pytest.raises(UsageError, match=says):
        one.merge(other)
    assert one == before


def test_the_same_hours_of_another_account_or_region_are_others():
    one = gathered(MONTH[:3], milliseconds(UNTIL))
    one.merge(gathered([call(FIRST + timedelta(hours=8), awsRegion="us-east-1")], milliseconds(UNTIL)))
    one.merge(gathered([call(FIRST + timedelta(hours=8), recipientAccountId="444455556666")], milliseconds(UNTIL)))
    assert one.learned.keys() == {"111122223333 eu-west-1", "111122223333 us-east-1", "444455556666 eu-west-1"}


def test_hours_of_which_nobody_has_a_habit_were_learned_from_too():
    service = call(FIRST, userIdentity={"type": "AWSService", "invokedBy": "athena.amazonaws.com"})
    one, other = (gathered([service], milliseconds(UNTIL)) for _ in range(2))
    with pytest.raises(UsageError, match="both were learned from 111122223333 eu-west-1, in 1 of the hours"):
        one.merge(other)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schema": FIRST_SCHEMA}, "does not say which logs it was learned from"),
        ({"time_zone": "Europe/Berlin"}, "they are of different time zones, UTC and Europe/Berlin"),
        ({"weekend": frozenset({4, 5})}, "they are of different weekends"),
        ({"holidays": {date(2026, 1, 1)}}, "they are of different holidays: 2026-12-25 is one in one of them alone"),
        ({"named_by": {"asn": {"GeoLite2-ASN 2026-03-01"}}}, "it names networks by asn, and not by addresses alone"),
    ],
)
def test_baselines_that_do_not_compare_are_not_merged(change, says):
    one, other = (Baseline(SCHEMA, 0, holidays={date(2026, 1, 1), date(2026, 12, 25)}) for _ in range(2))
    for name, value in change.items():
        setattr(other, name, value)
    with pytest.raises(UsageError, match=says):
        one.merge(other)


@pytest.mark.parametrize(
    "days", [set(), {date(2025, 12, 25)}, {date(2026, 1, 1)}, {date(2025, 12, 25), date(2026, 1, 1)}]
)
def test_the_holidays_of_a_year_that_one_has_no_calendar_of_are_those_of_the_other(days):
    one, other = Baseline(SCHEMA, 0, holidays={date(2026, 1, 1)}), Baseline(SCHEMA, 0, holidays=days)
    one.merge(other)
    assert one.holidays == {date(2026, 1, 1)} | days


def test_releases_of_one_database_are_all_kept():
    one, other = (
        Baseline(SCHEMA, 0, named_by={"asn": {f"GeoLite2-ASN {day}"}}) for day in ("2026-03-01", "2026-04-01")
    )
    one.merge(other)
    assert one.named_by == {"asn": {"GeoLite2-ASN 2026-03-01", "GeoLite2-ASN 2026-04-01"}}
