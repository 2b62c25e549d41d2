"""Which days are free: read from what the user gives, and counted."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from hexward.events.workdays import HOUR, Workdays, holidays, weekend
from hexward.model import UsageError

BERLIN = Workdays(ZoneInfo("Europe/Berlin"), frozenset({5, 6}), frozenset({date(2026, 12, 25), date(2026, 12, 26)}))


def milliseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-12-24T22:59", (False, 23)),
        ("2026-12-24T23:00", (True, 0)),
        ("2026-12-25T22:59", (True, 23)),
        ("2026-12-27T12:00", (True, 13)),
        ("2026-12-28T12:00", (False, 13)),
        ("2026-07-01T12:00", (False, 14)),
    ],
)
def test_a_day_is_free_where_the_people_are(moment, expected):
    assert BERLIN.at(milliseconds(moment) // HOUR) == expected


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [("2026-11-01", "2026-11-29", 8), ("2026-12-01", "2026-12-29", 9), ("2026-12-01", "2026-12-25", 24 * 2 / 7)],
)
def test_a_holiday_at_the_weekend_is_one_free_day(since, until, days):
    assert BERLIN.free_days(milliseconds(since), milliseconds(until)) == pytest.approx(days)


@pytest.mark.parametrize(
    ("text", "days"), [("sat,sun", {5, 6}), ("Fri, sat", {4, 5}), ("sun", {6}), ("", set()), ("sun,sun", {6})]
)
def test_a_weekend_is_named_by_its_days(text, days):
    assert weekend(text) == days


def test_a_day_that_is_none_is_told():
    with pytest.raises(UsageError, match="there is no day 'sunday' of the week; there are mon, tue"):
        weekend("sat,sunday")


def test_a_calendar_is_a_date_in_a_line(tmp_path):
    (tmp_path / "days.txt").write_text("# Hesse\n2026-12-25  # Christmas\n\n  2026-12-26\r\n2026-12-25\n")
    assert holidays(tmp_path / "days.txt") == BERLIN.holidays


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"2026-12-25\n25.12.2026\n", r"days.txt:2: '25\.12\.2026' is no date such as 2026-12-25"),
        (b"2026-02-30\n", r"days.txt:1: '2026-02-30' is no date"),
        (b"BEGIN:VCALENDAR\n", "days.txt:1: 'BEGIN:VCALENDAR' is no date"),
        (b"\xff\xfe2\x000", "days.txt is no text"),
        (None, "days.txt cannot be read: No such file"),
    ],
)
def test_a_line_that_is_no_date_is_told_with_its_place(tmp_path, content, says):
    if content is not None:
        (tmp_path / "days.txt").write_bytes(content)
    with pytest.raises(UsageError, match=says):
        holidays(tmp_path / "days.txt")
