"""When the groups of a correlation can have an alert at all: most never can, and their hits need not be brought into order.

Each hit is counted in a stretch of time as long as the correlation may look back, so that any window lies within two stretches: a group
whose two neighbouring stretches hold too little never alerts. Of an ordered correlation it needs hits of each rule, as many as its step
takes, or with as many values.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from hexward.detections.correlate import number, stretch_of
from hexward.detections.detection import Correlation, CorrelationType, Detection
from hexward.detections.hit import Head, Row
from hexward.detections.match import text
from hexward.events.values import LONGEST

MOST_GROUPS = 200_000
"""How many groups are counted, each step for itself; of more, all are taken to matter."""
NEARLY = 1 - 1e-8
"""Sums come out a little different in another order; less than this is also less than nearly enough to who correlates."""

type Group = tuple[int, str]
"""A detection's place, and what its hits agree in."""
type Name = str | bytes
"""A text, or the digest of one that is too long to be remembered."""
type Place = tuple[int, Name, int]
"""A group, and which step of an ordered correlation, 0 of others."""
NONE: frozenset[Name] = frozenset()


@dataclass(frozen=True, slots=True)
class Times:
    """Stretches of time, each as long as a span of milliseconds, counted from 1970."""

    span: int
    stretches: frozenset[int]

    def __bool__(self) -> bool:
        """Say whether there are any."""
        return not self.span or bool(self.stretches)

    def hold(self, time: int) -> bool:
        """Say whether a time is within one of them."""
        return not self.span or time // self.span in self.stretches


AT_ANY_TIME = Times(0, frozenset())


class Tally:
    """Counts hits by group and time. Tallies of parts of a log, merged, are that of the whole."""

    def __init__(self, detections: Iterable[Detection]) -> None:
        """Start with nothing."""
        correlated = {place: one for place, one in enumerate(detections) if one.correlation is not None}
        self.steps = {place: _steps(one) for place, one in correlated.items()}
        self.spans = {place: _span(one) for place, one in correlated.items()}
        self.counts: dict[Place, dict[int, float]] = {}
        """By stretches of time."""
        self.values: dict[Place, dict[int, set[Name]]] = {}
        self.full = False

    def add(self, head: Head, rows: Sequence[Row]) -> None:
        """Count hits of one kind. One that is told twice counts twice, which makes too much of a group, never too little."""
        steps = self.steps.get(head.detection)
        if steps is None:
            return
        span, number_of_step = self.spans[head.detection], head.rule if len(steps) > 1 else 0
        step, place = steps[number_of_step], (head.detection, _name(head.group), number_of_step)
        if step is not None and step.type is CorrelationType.VALUE_COUNT:
            seen = {(time // span, _name(one)) for time, _, _, value, _ in rows if (one := head.value or text(value))}
            self._remember(place, seen, step.at_least)
            return
        counts = self.counts.setdefault(place, {})
        if step is not None and step.type is CorrelationType.VALUE_SUM:
            for time, _, _, value, _ in rows:
                stretch = time // span
                counts[stretch] = counts.get(stretch, 0) + number(head.value or value)
        else:
            for stretch, count in Counter([row[0] // span for row in rows]).items():
                counts[stretch] = counts.get(stretch, 0) + count

    def _remember(self, place: Place, values: Iterable[tuple[int, Name]], enough: float) -> None:
        """Remember different values, no more of them than are enough."""
        own = self.values.setdefault(place, {})
        for stretch, value in values:
            known = own.setdefault(stretch, set())
            if len(known) < enough:
                known.add(value)

    def merge(self, other: "Tally") -> None:
        """Count what another has counted."""
        for place, counts in other.counts.items():
            own = self.counts.setdefault(place, counts)
            if own is not counts:
                for stretch, count in counts.items():
                    own[stretch] = own.get(stretch, 0) + count
        for place, remembered in other.values.items():
            step = self.steps[place[0]][place[2]]
            values = ((stretch, value) for stretch, several in remembered.items() for value in several)
            self._remember(place, values, step.at_least if step is not None else 0)
        self.full = self.full or other.full or len(self.counts) + len(self.values) > MOST_GROUPS
        if self.full:
            self.counts, self.values = {}, {}

    def when(self, group: Group) -> Times:
        """Return when a group may have an alert; of no correlation, each hit is one, and of too many groups any may."""
        detection, name = group
        if self.full or detection not in self.steps:
            return AT_ANY_TIME
        firsts: set[int] | None = None
        for number_of_step, step in enumerate(self.steps[detection]):
            firsts = self._enough((detection, _name(name), number_of_step), step, firsts)
        return Times(self.spans[detection], frozenset(first + further for first in firsts or () for further in (0, 1)))

    def _enough(self, place: Place, step: Correlation | None, firsts: set[int] | None) -> set[int]:
        """Return those stretches, of these or of all, that hold enough of one step together with the next."""
        counts, values = self.counts.get(place, {}), self.values.get(place, {})
        if firsts is None:
            firsts = {stretch - back for stretch in (*counts, *values) for back in (0, 1)}
        if step is not None and step.type is CorrelationType.VALUE_COUNT:
            return {one for one in firsts if len(values.get(one, NONE) | values.get(one + 1, NONE)) >= step.at_least}
        least = 1 if step is None else step.at_least * NEARLY
        return {one for one in firsts if counts.get(one, 0) + counts.get(one + 1, 0) >= least}


def _name(text: str) -> Name:
    return text if len(text) <= LONGEST else sha256(text.encode(errors="replace")).digest()


def _steps(detection: Detection) -> tuple[Correlation | None, ...]:
    """Return how often each step of a correlation must match, None for once; one without steps is one."""
    correlation = detection.correlation
    if correlation is not None and correlation.type is CorrelationType.TEMPORAL_ORDERED:
        return tuple(rule.often for rule in detection.rules)
    return (correlation,)


def _span(detection: Detection) -> int:
    """Return how far a correlation looks back at most: a sum by what it takes as one, steps by what is counted before the first."""
    if detection.correlation is None:
        return 0
    span = detection.correlation.timespan_seconds * 1000
    if detection.correlation.type is CorrelationType.VALUE_SUM:
        return span + stretch_of(span)
    return span + max(
        (one.often.timespan_seconds * 1000 for one in detection.rules if one.often is not None), default=0
    )
