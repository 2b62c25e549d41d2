"""What is usual of one principal, worked out once from what a baseline holds of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from hexward.events.baseline import DAY, HOUR, Habit

MATURE_DAYS = 14
MATURE_EVENTS = 50
"""Whoever was seen less has no habits yet, so that nothing is unusual of them."""
SETTLED_DAYS = 28
"""How long a principal must be known before an hour can be unusual: four of each day of the week."""
RARE = 0.05
"""Share of comparable days on which an hour is still unusual: of twenty working days, not one."""
WEEKEND = 5
"""The first day of it, counted from Monday as 0."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The habits of one principal. `hours` are (weekend or not, hour of the day) in the account's time zone."""

    mature: bool
    settled: bool
    hours: frozenset[tuple[bool, int]]
    events: float
    size: float
    """The events, and the bytes read, that 99 of 100 active hours stay within."""

    def is_unusual(self, time: int, zone: tzinfo) -> bool | None:
        """Say whether the principal hardly ever acts at this time, milliseconds since 1970; None where that is not known yet."""
        return None if not self.settled else at(time // HOUR, zone) not in self.hours


def at(hour: int, zone: tzinfo) -> tuple[bool, int]:
    """Return whether an hour, counted from 1970 in UTC, is at the weekend, and the hour of the day."""
    moment = datetime.fromtimestamp(hour * HOUR / 1000, UTC).astimezone(zone)
    return moment.weekday() >= WEEKEND, moment.hour


def usual(habit: Habit, until: int, zone: tzinfo) -> Usual:
    """Work out what is usual, as of the moment at which the baseline was frozen."""
    first = min(habit.hours, default=until // HOUR)
    days = (until - first * HOUR) / DAY
    counts = [count for count, _ in habit.hours.values()]
    sizes = [size for _, size in habit.hours.values() if size]
    return Usual(
        mature=days >= MATURE_DAYS and sum(counts) >= MATURE_EVENTS,
        settled=days >= SETTLED_DAYS and sum(counts) >= MATURE_EVENTS,
        hours=_hours(habit, days, zone),
        events=_ninety_nine(counts),
        size=_ninety_nine(sizes),
    )


def _hours(habit: Habit, days: float, zone: tzinfo) -> frozenset[tuple[bool, int]]:
    """Return the hours at which the principal acts, on more than a few days, or does in the hour before or after."""
    active: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for hour in habit.hours:
        weekend, of_day = at(hour, zone)
        for near in (of_day - 1, of_day, of_day + 1):
            active[weekend, near % 24].add(hour // 24)
    enough = {False: RARE * days * 5 / 7, True: RARE * days * 2 / 7}
    return frozenset(place for place, on in active.items() if len(on) > enough[place[0]])


def _ninety_nine(values: Iterable[int]) -> float:
    """Return what 99 of 100 values stay within, 0 if there are none."""
    ordered = sorted(values)
    return float(ordered[(len(ordered) - 1) * 99 // 100]) if ordered else 0.0
