"""What is usual: who acts from which networks, at which hours, with which calls and volumes; gathered, merged and then frozen.

Gathering is associative: the baselines of two halves of a log, merged, are that of the whole. Judging never changes one.
"""

from collections.abc import Collection, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from hexward.events.event import LAST_TIME, Acted, Event
from hexward.events.network import network
from hexward.model import UsageError

SCHEMA = "hexward.baseline/v1"
HOUR = 3_600_000
DAY = 24 * HOUR
MOST_NAMES = 5_000
"""How many calls or networks one principal is remembered with; whoever has more has no habit."""
MET_BYTES = 64 << 20
"""What it takes to remember which events were met."""
NOT_JUDGED = frozenset({"service", "anonymous"})
"""Kinds of principals that have no habits of their own."""


type Count = Annotated[int, msgspec.Meta(ge=0)]
type Hour = Annotated[int, msgspec.Meta(ge=0, lt=LAST_TIME // HOUR)]


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
    principals: dict[str, Habit] = {}
    keys: dict[str, set[str]] = {}
    """The networks that each long-term access key was used from."""
    regions: dict[str, set[str]] = {}
    """The regions that each account was active in."""

    def add(self, event: Event) -> None:
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
        _remember(habit.actions, action(event))
        place = network(str(event.fields.get("sourceIPAddress")))
        if place:
            _remember(habit.networks, place)
            if event.known.get("long_term_key"):
                _remember(self.keys.setdefault(key_of(event), set()), place)
        self.regions.setdefault(event.account, set()).add(event.region)

    def merge(self, other: "Baseline") -> None:
        """Take what another one holds; the later of the two moments is that of both."""
        self.until = max(self.until, other.until)
        for name, habit in other.principals.items():
            own = self.principals.setdefault(name, Habit())
            for hour, (count, size) in habit.hours.items():
                had = own.hours.get(hour, (0, 0))
                own.hours[hour] = (had[0] + count, had[1] + size)
            for place in sorted(habit.networks):
                _remember(own.networks, place)
            for call in sorted(habit.actions):
                _remember(own.actions, call)
        for key, places in other.keys.items():
            self.keys.setdefault(key, set()).update(places)
        for account, regions in other.regions.items():
            self.regions.setdefault(account, set()).update(regions)


def _remember(names: set[str], name: str) -> None:
    if len(names) < MOST_NAMES:
        names.add(name)


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


def gathered(events: Iterable[Event], until: int, left_out: Collection[tuple[str, int]] = ()) -> Baseline:
    """Gather the events before a moment, each once, as two trails may write it.

    `left_out` names principals and days (since 1970) of which nothing may be learned.
    """
    found = Baseline(SCHEMA, until)
    met = Met()
    for event in events:
        if event.time < until and (event.principal, event.time // DAY) not in left_out and not met.again(event):
            found.add(event)
    return found


def save(baseline: Baseline, path: Path) -> None:
    """Write a baseline; the same one is the same file. Raises UsageError if it cannot be written."""
    try:
        plain = msgspec.to_builtins(baseline, str_keys=True, builtin_types=(set,))
        path.write_bytes(msgspec.json.encode(plain, order="deterministic") + b"\n")
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
    if found.schema != SCHEMA:
        raise UsageError(f"{path} is no baseline: its schema is {found.schema!r}, not {SCHEMA!r}")
    return found
