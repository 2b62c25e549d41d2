"""What is usual: who acts from which networks, at which hours, with which calls and volumes; gathered, merged and then frozen.

Gathering is associative: the baselines of two halves of a log, merged, are that of the whole. Judging never changes one.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from hexward.events.cloudtrail import LONG_TERM
from hexward.events.event import LAST_TIME, Acted, Event, told
from hexward.events.origin import Origins
from hexward.events.workdays import DAY, HOUR, Workdays
from hexward.model import UsageError

SCHEMA = "hexward.baseline/v2"
FIRST_SCHEMA = "hexward.baseline/v1"
"""It did not say which logs it was learned from, and knew networks by their addresses alone. It is read, and not merged."""
MOST_NAMES = 5_000
"""How many calls or networks one principal is remembered with; whoever has more has no habit."""
ALL = "*"
"""Stands for the names of whoever has too many."""
MET_BYTES = 64 << 20
"""What it takes to remember which events were met."""
NOT_JUDGED = frozenset({"service", "anonymous"})
"""Kinds of principals that have no habits of their own."""


type Count = Annotated[int, msgspec.Meta(ge=0)]
type Hour = Annotated[int, msgspec.Meta(ge=0, lt=LAST_TIME // HOUR)]
type DayOfWeek = Annotated[int, msgspec.Meta(ge=0, le=6)]


class Habit(msgspec.Struct, omit_defaults=True):
    """What one principal did. `hours` holds events and bytes read by the hour, counted from 1970 in UTC."""

    hours: dict[Hour, tuple[Count, Count]] = {}
    networks: set[str] = set()
    actions: set[str] = set()


class Baseline(msgspec.Struct):
    """What an organisation's principals, keys and accounts did until a moment, which is milliseconds since 1970 in UTC."""

    schema: str
    until: Annotated[int, msgspec.Meta(ge=0, lt=LAST_TIME)]
    time_zone: str = "UTC"
    weekend: frozenset[DayOfWeek] = frozenset({5, 6})
    """Days of the week that are free, counted from Monday as 0."""
    holidays: set[date] = set()
    named_by: dict[str, set[str]] = {}
    """What named the networks besides their addresses: `asn`, `country`, `aws-ranges`, each with the releases that were asked."""
    learned: dict[str, set[Hour]] = {}
    """The hours from 1970 that were learned from, by account and region."""
    principals: dict[str, Habit] = {}
    keys: dict[str, set[str]] = {}
    """The networks that each long-term access key was used from."""
    regions: dict[str, set[str]] = {}
    """The regions that each account was active in."""

    @property
    def workdays(self) -> Workdays:
        """Return the days on which its people work."""
        return Workdays(ZoneInfo(self.time_zone), self.weekend, frozenset(self.holidays))

    def add(self, event: Event, origins: Origins) -> None:
        """Take one event of CloudTrail."""
        if event.known.get("principal_kind") in NOT_JUDGED:
            return
        habit = self.principals.setdefault(event.principal, Habit())
        hour = event.time // HOUR
        count, size = habit.hours.get(hour, (0, 0))
        habit.hours[hour] = (count + 1, size + read_bytes(event))
        if event.fields.get("errorCode") is not None:
            # What was refused is no habit: whoever tries doors does not make them theirs.
            return
        _remember(habit.actions, (action(event),))
        network = network_of(event, origins)
        if network:
            _remember(habit.networks, (network,))
            if key_of(event).startswith(LONG_TERM):
                _remember(self.keys.setdefault(key_of(event), set()), (network,))
        self.regions.setdefault(event.account, set()).add(event.region)

    def merge(self, other: "Baseline") -> None:
        """Take what another one holds; the later of the two moments is that of both, and so are the holidays of a year that one knows.

        Raises UsageError where the two do not compare, or were learned from the same hours of a log, which would count twice.
        """
        _check(self, other)
        self.until = max(self.until, other.until)
        self.holidays |= other.holidays
        _add_sets(self.named_by, other.named_by)
        _add_sets(self.learned, other.learned)
        _add_sets(self.regions, other.regions)
        for name, habit in other.principals.items():
            own = self.principals.setdefault(name, Habit())
            for hour, (count, size) in habit.hours.items():
                had = own.hours.get(hour, (0, 0))
                own.hours[hour] = (had[0] + count, had[1] + size)
            _remember(own.networks, habit.networks)
            _remember(own.actions, habit.actions)
        for key, networks in other.keys.items():
            _remember(self.keys.setdefault(key, set()), networks)

    def compares(self, named_by: Mapping[str, str]) -> None:
        """Raise UsageError where its networks have names of another kind than these files give."""
        if self.named_by.keys() != named_by.keys():
            raise UsageError(f"it names networks by {_kinds(self.named_by)}, and not by {_kinds(named_by)}")


def _add_sets[T](mine: dict[str, set[T]], theirs: Mapping[str, set[T]]) -> None:
    for name, values in theirs.items():
        mine.setdefault(name, set()).update(values)


def _remember(names: set[str], more: Iterable[str]) -> None:
    """Take more names, in whatever order: one that has too many has `ALL`, and keeps it."""
    if ALL not in names:
        names.update(more)
        if len(names) > MOST_NAMES or ALL in names:
            names.clear()
            names.add(ALL)


def _kinds(named_by: Collection[str]) -> str:
    return " and ".join(sorted(named_by)) or "addresses alone"


def _check(one: Baseline, other: Baseline) -> None:
    """Raise UsageError for two that cannot be merged."""
    if FIRST_SCHEMA in {one.schema, other.schema}:
        raise UsageError(f"a baseline of {FIRST_SCHEMA!r} does not say which logs it was learned from")
    other.compares(dict.fromkeys(one.named_by, ""))
    if other.time_zone != one.time_zone:
        raise UsageError(f"they are of different time zones, {one.time_zone} and {other.time_zone}")
    if other.weekend != one.weekend:
        raise UsageError("they are of different weekends")
    # Of a year of which one of them has no holiday it had no calendar.
    years = {day.year for day in one.holidays} & {day.year for day in other.holidays}
    if other_days := sorted(day for day in one.holidays ^ other.holidays if day.year in years):
        raise UsageError(f"they are of different holidays: {other_days[0]} is one in one of them alone")
    for place in sorted(one.learned.keys() & other.learned.keys()):
        if both := one.learned[place] & other.learned[place]:
            first, last = told(min(both) * HOUR), told((max(both) + 1) * HOUR)
            raise UsageError(f"both were learned from {place}, in {len(both)} of the hours between {first} and {last}")


def address(event: Acted) -> str:
    """Return where a call came from, as the log writes it: an address or the name of a service."""
    return str(event.fields.get("sourceIPAddress"))


def network_of(event: Acted, origins: Origins) -> str:
    """Return the network that a call came from, an empty text where a service made it."""
    origin = origins.of(address(event))
    return origin.key_network if key_of(event).startswith(LONG_TERM) else origin.network


def key_of(event: Acted) -> str:
    """Return the id of the access key that a call was signed with."""
    identity = event.fields.get("userIdentity")
    return str(identity.get("accessKeyId")) if isinstance(identity, dict) else ""


def action(event: Acted) -> str:
    """Return the call: `s3.amazonaws.com:GetObject`."""
    return f"{event.fields.get('eventSource')}:{event.fields.get('eventName')}"


def read_bytes(event: Acted) -> int:
    """Return how many bytes a call read out of S3, as CloudTrail tells of data events."""
    more = event.fields.get("additionalEventData")
    size = more.get("bytesTransferredOut") if isinstance(more, dict) else None
    return int(size) if isinstance(size, (int, float)) and 0 < size < 1 << 50 else 0


class Met:
    """Remembers which events were met, in memory that does not grow: a Bloom filter.

    Of 50 million events it takes fewer than one in a hundred for one that was met before, which no habit hangs on.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._bits = bytearray(MET_BYTES)

    def again(self, event: Event) -> bool:
        """Say whether the event was met before, and remember it."""
        digest = blake2b(f"{event.time}:{event.id}".encode(), digest_size=16).digest()
        known = True
        for at in range(0, 16, 4):
            place = int.from_bytes(digest[at : at + 4]) % (MET_BYTES * 8)
            bit = 1 << (place & 7)
            known = known and bool(self._bits[place >> 3] & bit)
            self._bits[place >> 3] |= bit
        return known


def gathered(
    events: Iterable[Event],
    until: int,
    left_out: Collection[tuple[str, int]] = (),
    origins: Origins | None = None,
    since: int = 0,
) -> Baseline:
    """Gather the events between two moments, each once, as two trails may write it.

    `left_out` names principals and days (since 1970) of which nothing may be learned.
    """
    known = origins or Origins()
    found = Baseline(SCHEMA, until, named_by={kind: {release} for kind, release in known.named_by.items()})
    met = Met()
    for event in events:
        if not since <= event.time < until:
            continue
        found.learned.setdefault(f"{event.account} {event.region}", set()).add(event.time // HOUR)
        if (event.principal, event.time // DAY) not in left_out and not met.again(event):
            found.add(event, known)
    return found


def save(baseline: Baseline, path: Path) -> None:
    """Write a baseline; the same one is the same file. Raises UsageError if it cannot be written."""
    try:
        plain = msgspec.to_builtins(baseline, str_keys=True, order="deterministic")
        path.write_bytes(msgspec.json.encode(plain) + b"\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def load(path: Path) -> Baseline:
    """Read a baseline. Raises UsageError for a file that is none."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Baseline)
        ZoneInfo(found.time_zone)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, ValueError, ZoneInfoNotFoundError, RecursionError) as error:
        raise UsageError(f"{path} is no baseline: {error}") from error
    if found.schema not in {SCHEMA, FIRST_SCHEMA}:
        raise UsageError(f"{path} is no baseline: its schema is {found.schema!r}, not {SCHEMA!r}")
    return found
