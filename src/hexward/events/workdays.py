"""The days on which people work, and those on which they do not: the weekend and the holidays of an account's people."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from hexward.model import UsageError

HOUR = 3_600_000
DAY = 24 * HOUR
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Workdays:
    """Tells days that are free from others, where the people are. Days of the week count from Monday as 0."""

    zone: tzinfo
    weekend: frozenset[int]
    holidays: frozenset[date]

    def at(self, hour: int) -> tuple[bool, int]:
        """Return whether an hour, counted from 1970 in UTC, is on a free day, and the hour of the day."""
        moment = datetime.fromtimestamp(hour * HOUR / 1000, UTC).astimezone(self.zone)
        return moment.weekday() in self.weekend or moment.date() in self.holidays, moment.hour

    def free_days(self, since: int, until: int) -> float:
        """Return about how many days of some time are free, which is given in milliseconds since 1970."""
        first, last = (datetime.fromtimestamp(time / 1000, UTC).astimezone(self.zone) for time in (since, until))
        holidays = sum(first.date() <= day < last.date() and day.weekday() not in self.weekend for day in self.holidays)
        return (until - since) / DAY * len(self.weekend) / 7 + holidays


def weekend(text: str) -> frozenset[int]:
    """Return the days of the week that a text names: `fri,sat`. Raises UsageError for one that is no day."""
    found = set()
    for name in filter(None, (part.strip().lower() for part in text.split(","))):
        if name not in WEEK:
            raise UsageError(f"there is no day {name!r} of the week; there are {', '.join(WEEK)}")
        found.add(WEEK.index(name))
    return frozenset(found)


def holidays(path: Path) -> frozenset[date]:
    """Read dates, one in a line; what follows a `#` is a comment. Raises UsageError for a line that is no date."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no text: {error}") from error
    found = set()
    for number, line in enumerate(lines, 1):
        if text := line.partition("#")[0].strip():
            try:
                found.add(date.fromisoformat(text))
            except ValueError:
                raise UsageError(f"{path}:{number}: {text!r} is no date such as 2026-12-25") from None
    return frozenset(found)
