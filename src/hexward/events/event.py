"""An event as detections see it: what a log holds of it, who did it, when, and which fields tell early whom it concerns."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec

from hexward.events.log import Log

type Words = Mapping[str, Callable[[Any], object]]
"""Hexward's own words of an event, by name: what works each out."""


type Sources = tuple[tuple[Words, Any], ...]

UNASKED = object()


class Known:
    """Hexward's own words of one event, each worked out when it is first asked for: most rules are decided without."""

    __slots__ = ("_sources", "_values")

    def __init__(self, sources: Sources, values: dict[str, object]) -> None:
        """Take words together with what they are worked out from, and values that are known already."""
        self._sources = sources
        self._values = values

    def get(self, word: str) -> Any:  # noqa: ANN401  (compared as parsed JSON is)
        """Return a word's value, None for one that nothing tells."""
        value = self._values.get(word, UNASKED)
        if value is not UNASKED:
            return value
        value = None
        for words, subject in self._sources:
            if word in words:
                value = words[word](subject)
        self._values[word] = value
        return value

    def more(self, words: Words, subject: object) -> "Known":
        """Return one that knows more words; where they tell of a word that was asked for before, they tell better."""
        values = {word: value for word, value in self._values.items() if word not in words}
        return Known((*self._sources, (words, subject)), values)

    def but(self, values: Mapping[str, object]) -> "Known":
        """Return one to which some words have these values."""
        return Known(self._sources, {**self._values, **values})

    def all(self) -> dict[str, Any]:
        """Return all words with their values."""
        names = {name: None for words, _ in self._sources for name in words}
        return {name: self.get(name) for name in (*names, *self._values)}


class Fields(Protocol):
    """What a log holds of an event, by name: a mapping, or what stands for one."""

    def get(self, name: str, /) -> Any:  # noqa: ANN401  (parsed JSON)
        """Return a member, None for one that is not there."""


class Acted(Protocol):
    """Who acted when, and where: as much of an event as its behaviour is judged by."""

    @property
    def time(self) -> int: ...  # noqa: D102
    @property
    def principal(self) -> str: ...  # noqa: D102
    @property
    def account(self) -> str: ...  # noqa: D102
    @property
    def region(self) -> str: ...  # noqa: D102
    @property
    def fields(self) -> Fields: ...  # noqa: D102


class Event(msgspec.Struct, frozen=True):
    """One event of a log. `fields` is all that the log holds, with Hexward's own words below `hexward`.

    `time` is milliseconds since 1970 in UTC, `principal` who acted: the ARN of a user, or of a role without its session, else what the
    log names.
    """

    log: Log
    id: str
    time: int
    principal: str
    account: str
    region: str
    known: Known
    fields: Fields

    def knowing(self, known: Known) -> "Event":
        """Return the event with other words."""
        fields = {**self.fields, "hexward": known}  # type: ignore[dict-item]
        return Event(self.log, self.id, self.time, self.principal, self.account, self.region, known, fields)


KNOWN_EARLY: Mapping[Log, tuple[str, ...]] = {
    Log.CLOUDTRAIL: ("eventSource", "eventName", "errorCode"),
    Log.GUARDDUTY: ("type",),
}
"""The fields by which rules are chosen before an event is read in full."""


FIRST_TIME, LAST_TIME = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1000 for year in (2000, 2100))
"""Between these, in milliseconds since 1970, lie the times of all logs; others cannot even be told everywhere."""


SECONDS = {f"{second:02}Z": second * 1000 for second in range(60)}
MOST_MINUTES = 20_000
_minutes: dict[str, int] = {}
"""The minutes that were read, which logs write before their seconds: `2026-01-31T02:17:`."""


def milliseconds(text: object) -> int:
    """Return a time as logs write it (`2026-01-31T02:17:00Z`) in milliseconds since 1970. Raises ValueError for anything else."""
    if not isinstance(text, str):
        raise ValueError(f"{str(text)[:40]!r} is no time")
    minute, second = _minutes.get(text[:17]), SECONDS.get(text[17:])
    if minute is not None and second is not None:
        return minute + second
    moment = datetime.fromisoformat(text)
    found = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
    if second is not None and text[16] == ":":
        if len(_minutes) >= MOST_MINUTES:
            _minutes.clear()
        _minutes[text[:17]] = found - second
    return found


def told(milliseconds: int) -> str:
    """Return a time as logs write it, in UTC and to the second."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
