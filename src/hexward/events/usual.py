"""What is usual of one principal, worked out once from what a baseline holds of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hexward.events.baseline import Habit
from hexward.events.workdays import DAY, HOUR, Workdays

MATURE_DAYS = 14
MATURE_EVENTS = 50
"""Whoever was seen less has no habits yet, so that nothing is unusual of them."""
SETTLED_DAYS = 28
"""How long a principal must be known before an hour can be unusual: four of each day of the week."""
RARE = 0.05
"""Share of comparable days on which an hour is still unusual: of twenty working days, not one."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The habits of one principal. `hours` are (on a free day or not, hour of the day) in the account's time zone."""

    mature: bool
    settled: bool
    hours: frozenset[tuple[bool, int]]
    events: float
    size: float
    """The events, and the bytes read, that 99 of 100 active hours stay within."""

    def is_unusual(self, time: int, workdays: Workdays) -> bool | None:
        """Say whether the principal hardly ever acts at this time, milliseconds since 1970; None where that is not known yet."""
        return None if not self.settled else workdays.at(time // HOUR) not in self.hours


def is_mature(habit: Habit, until: int) -> bool:
    """Say whether a principal was seen often and long enough before a baseline was frozen that anything can be unusual of it."""
    return _known(habit, until, MATURE_DAYS)


def _known(habit: Habit, until: int, days: int) -> bool:
    first = min(habit.hours, default=until // HOUR) * HOUR
    return (until - first) / DAY >= days and sum(count for count, _ in habit.hours.values()) >= MATURE_EVENTS


def usual(habit: Habit, until: int, workdays: Workdays) -> Usual:
    """Work out what is usual, as of the moment at which the baseline was frozen."""
    first = min(habit.hours, default=until // HOUR) * HOUR
    days = (until - first) / DAY
    counts = [count for count, _ in habit.hours.values()]
    sizes = [size for _, size in habit.hours.values() if size]
    return Usual(
        mature=is_mature(habit, until),
        settled=_known(habit, until, SETTLED_DAYS),
        hours=_hours(habit, days, workdays.free_days(first, until), workdays),
        events=_ninety_nine(counts),
        size=_ninety_nine(sizes),
    )


def _hours(habit: Habit, days: float, free: float, workdays: Workdays) -> frozenset[tuple[bool, int]]:
    """Return the hours at which the principal acts, on more than a few days, or does in the hour before or after."""
    active: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for hour in habit.hours:
        is_free, of_day = workdays.at(hour)
        for near in (of_day - 1, of_day, of_day + 1):
            active[is_free, near % 24].add(hour // 24)
    enough = {False: RARE * (days - free), True: RARE * free}
    return frozenset(place for place, on in active.items() if len(on) > enough[place[0]])


def _ninety_nine(values: Iterable[int]) -> float:
    """Return what 99 of 100 values stay within, 0 if there are none."""
    ordered = sorted(values)
    return float(ordered[(len(ordered) - 1) * 99 // 100]) if ordered else 0.0
