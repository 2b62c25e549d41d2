"""When the groups of a correlation can have an alert at all: most never can, and their hits need not be brought into order.

Each hit is counted in a stretch of time as long as the correlation may look back, so that any window lies within two stretches: a group
whose two neighbouring stretches hold too little never alerts. Of an ordered correlation it needs hits of each rule, as many as its step
takes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hexward.detections.correlate import number, stretch_of
from hexward.detections.detection import Correlation, CorrelationType, Detection
from hexward.detections.hit import Head, Row
from hexward.detections.match import text

MOST_GROUPS = 200_000
"""How many groups are counted; of more, all are taken to matter."""
NEARLY = 1 - 1e-8
"""Sums come out a little different in another order; less than this is also less than nearly enough to who correlates."""

type Group = tuple[int, str]
"""A detection's place, and what its hits agree in."""
type Place = tuple[int, int]
"""A stretch of time, and the rule of an ordered correlation, 0 of others."""


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
        self.correlated = {place: one for place, one in enumerate(detections) if one.correlation is not None}
        self.counts: dict[Group, dict[Place, float]] = {}
        self.values: dict[Group, dict[Place, set[str]]] = {}
        self.full = False

    def add(self, head: Head, rows: Sequence[Row]) -> None:
        """Count hits of one kind. One that is told twice counts twice, which makes too much of a group, never too little."""
        found = self.correlated.get(head.detection)
        if found is None or found.correlation is None:
            return
        correlation = found.correlation
        span = _span(found)
        group = head.detection, head.group
        if correlation.type is CorrelationType.VALUE_COUNT:
            seen = {(time // span, one) for time, _, _, value, _ in rows if (one := head.value or text(value))}
            self._remember(group, (((stretch, 0), value) for stretch, value in seen), correlation.at_least)
            return
        counts = self.counts.setdefault(group, {})
        if correlation.type is CorrelationType.VALUE_SUM:
            for time, _, _, value, _ in rows:
                place = (time // span, 0)
                counts[place] = counts.get(place, 0) + number(head.value or value)
        else:
            rule = head.rule if correlation.type is CorrelationType.TEMPORAL_ORDERED else 0
            for stretch, count in Counter([row[0] // span for row in rows]).items():
                counts[stretch, rule] = counts.get((stretch, rule), 0) + count

    def _remember(self, group: Group, values: Iterable[tuple[Place, str]], enough: float) -> None:
        """Remember different values, no more of them than are enough."""
        own = self.values.setdefault(group, {})
        for place, value in values:
            known = own.setdefault(place, set())
            if len(known) < enough:
                known.add(value)

    def merge(self, other: "Tally") -> None:
        """Count what another has counted."""
        for group, counts in other.counts.items():
            own = self.counts.setdefault(group, counts)
            if own is not counts:
                for place, count in counts.items():
                    own[place] = own.get(place, 0) + count
        for group, remembered in other.values.items():
            correlation = self.correlated[group[0]].correlation
            values = ((place, value) for place, several in remembered.items() for value in several)
            self._remember(group, values, correlation.at_least if correlation is not None else 0)
        self.full = self.full or other.full or len(self.counts) + len(self.values) > MOST_GROUPS
        if self.full:
            self.counts, self.values = {}, {}

    def when(self, group: Group) -> Times:
        """Return when a group may have an alert; of no correlation, each hit is one, and of too many groups any may."""
        found = self.correlated.get(group[0])
        correlation = found.correlation if found is not None else None
        if self.full or found is None or correlation is None:
            return AT_ANY_TIME
        if correlation.type is CorrelationType.VALUE_COUNT:
            values = self.values.get(group, {})
            firsts = (
                stretch
                for (stretch, rule), several in values.items()
                if len(several | values.get((stretch + 1, rule), set())) >= correlation.at_least
            )
        else:
            counts = self.counts.get(group, {})
            ordered = correlation.type is CorrelationType.TEMPORAL_ORDERED
            least = [_least(rule.often) for rule in found.rules] if ordered else [correlation.at_least * NEARLY]
            firsts = (
                first
                for first in {stretch - back for stretch, _ in counts for back in (0, 1)}
                if all(
                    counts.get((first, rule), 0) + counts.get((first + 1, rule), 0) >= count
                    for rule, count in enumerate(least)
                )
            )
        return Times(_span(found), frozenset(first + next_one for first in firsts for next_one in (0, 1)))


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


def _least(often: Correlation | None) -> float:
    """Return how many hits a step takes at least."""
    return 1 if often is None or often.type is CorrelationType.VALUE_SUM else often.at_least
