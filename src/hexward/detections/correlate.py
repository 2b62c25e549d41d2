"""Hits → alerts of correlations: one pass in the order of time, with a memory that is bounded.

A window opens with a hit and closes `timespan_seconds` later. Once a group has alerted it begins anew, and stays silent for as
long, so that a storm is one alert and not thousands.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf, ldexp

from hexward.detections.detection import Correlation, CorrelationType
from hexward.detections.hit import Hit

MOST_GROUPS = 100_000
"""How many groups one correlation remembers; of more, the one that was silent longest is forgotten."""
MOST_HITS = 10_000
"""How many hits one group counts: no count from which a correlation alerts is larger."""
MOST_STRETCHES = 10_000
"""Into how many stretches of time a window is cut, within which sums are told as one: of an hour each has a third of a second."""
MOST_NAMED = 100
"""How many hits of a sum are remembered one by one."""
NEARLY = 1 - 1e-9
"""Shares such as tenths are not told exactly: ten of them are a whole."""
BITS = 80
"""How many binary digits behind the point a sum has. It is a whole number of such, which neither order nor what was taken off changes."""


@dataclass(frozen=True, slots=True)
class Together:
    """What meets a correlation: its hits, the oldest first, of a long sum the first and the latest; how many, and since when."""

    hits: tuple[Hit, ...]
    count: int
    since: int


@dataclass(slots=True)
class Stretch:
    """What a sum remembers of the hits of a short time."""

    place: int
    first: Hit
    last: int
    count: int = 0
    total: int = 0


@dataclass(slots=True)
class Group:
    """What one group remembers: hits within the window, of a sum its stretches and the latest hits, of steps the latest way to each.

    `others` are the ways before those, which ended with another event. `often` is what is remembered of rules that must match often
    before their step is made.
    """

    hits: deque[Hit] = field(default_factory=lambda: deque(maxlen=MOST_HITS))
    often: dict[int, "Group"] = field(default_factory=dict)
    steps: list[tuple[Hit, ...]] = field(default_factory=list)
    others: list[tuple[Hit, ...]] = field(default_factory=list)
    stretches: deque[Stretch] = field(default_factory=deque)
    count: int = 0
    total: int = 0
    silent_until: int = 0

    @property
    def latest(self) -> int:
        """Return when the latest of what is remembered was."""
        ways = (way[-1].time for way in self.steps if way)
        counted = (one.latest for one in self.often.values())
        return self.hits[-1].time if self.hits else max((*ways, *counted), default=0)


class Correlator:
    """Remembers the hits of one correlation; `add` must be given them in the order of time."""

    def __init__(self, correlation: Correlation, often: Sequence[Correlation | None]) -> None:
        """Start with nothing; `often` has for each rule of the correlation how often it must match for one step."""
        self.correlation = correlation
        self.often = often
        self.span = correlation.timespan_seconds * 1000
        self.groups: OrderedDict[str, Group] = OrderedDict()

    def add(self, hit: Hit) -> Together | None:
        """Take a hit; return what meets the correlation with it, or None."""
        group = self._group(hit)
        if hit.time < group.silent_until:
            return None
        if self.correlation.type is CorrelationType.VALUE_SUM:
            found = _sum(self.correlation, group, hit)
        else:
            ordered = self.correlation.type is CorrelationType.TEMPORAL_ORDERED
            hits = self._step(group, hit) if ordered else _count(self.correlation, group, hit)
            found = Together(hits, len(hits), hits[0].time) if hits else None
        if found:
            self.groups[hit.group] = Group(silent_until=hit.time + self.span)
        return found

    def _group(self, hit: Hit) -> Group:
        group = self.groups.get(hit.group)
        if group is None:
            group = self.groups[hit.group] = Group()
        else:
            self.groups.move_to_end(hit.group)
        # The first is the one that was silent longest: it goes when nothing of it can matter, or when there are too many.
        while len(self.groups) > 1 and (len(self.groups) > MOST_GROUPS or self._over(hit.time)):
            self.groups.popitem(last=False)
        return group

    def _over(self, time: int) -> bool:
        oldest = next(iter(self.groups.values()))
        return oldest.latest < time - self.span and oldest.silent_until <= time

    def _step(self, group: Group, hit: Hit) -> tuple[Hit, ...]:
        """Go one step on with the way that began latest. A hit of the first rule begins a way."""
        if not group.steps:
            group.steps, group.others = [()] * len(self.often), [()] * len(self.often)
        together = self._repeated(group, hit)
        if not together:
            return ()
        before: tuple[Hit, ...] = ()
        if hit.rule:
            ways = (group.steps[hit.rule - 1], group.others[hit.rule - 1])
            # Two steps are two events: one event that meets both rules is not a sequence.
            since = hit.time - self.span
            before = next((way for way in ways if way and way[0].time >= since and not _holds(way, hit)), ())
            if not before:
                return ()
        way, latest = (*before, *together), group.steps[hit.rule]
        if latest and latest[-1].event != hit.event:
            # The one that began later stays within the span for longer.
            first, other = (way, latest) if way[0].time >= latest[0].time else (latest, way)
            group.steps[hit.rule], group.others[hit.rule] = first, other
        else:
            group.steps[hit.rule] = way
        return way if hit.rule == len(self.often) - 1 else ()

    def _repeated(self, group: Group, hit: Hit) -> tuple[Hit, ...]:
        """Return the hits that make a step together: this one, or where its rule must match often the latest so many."""
        often = self.often[hit.rule]
        if often is None:
            return (hit,)
        own = group.often.setdefault(hit.rule, Group())
        found = _count(often, own, hit)
        while len(own.hits) > often.at_least:
            own.hits.popleft()
        return found[-len(own.hits) :]


def _holds(way: tuple[Hit, ...], hit: Hit) -> bool:
    """Say whether the event of a hit is one of a way's; an event has one time."""
    for one in reversed(way):
        if one.time < hit.time:
            return False
        if one.event == hit.event:
            return True
    return False


def _count(correlation: Correlation, group: Group, hit: Hit) -> tuple[Hit, ...]:
    """Count hits, or their different values; returns them once they are enough."""
    while group.hits and group.hits[0].time < hit.time - correlation.timespan_seconds * 1000:
        group.hits.popleft()
    if correlation.type is CorrelationType.VALUE_COUNT:
        if not hit.value:
            return ()
        # Of each value the latest hit is the one that stays longest within the window.
        group.hits = deque((one for one in group.hits if one.value != hit.value), maxlen=MOST_HITS)
    group.hits.append(hit)
    return tuple(group.hits) if len(group.hits) >= correlation.at_least else ()


def _sum(correlation: Correlation, group: Group, hit: Hit) -> Together | None:
    """Add up values. What leaves the window leaves it by stretches, so that it may look back a stretch too far, and never too little."""
    span = correlation.timespan_seconds * 1000
    begin = hit.time - span
    stretches, hits = group.stretches, group.hits
    while stretches and stretches[0].last < begin:
        gone = stretches.popleft()
        group.count -= gone.count
        group.total -= gone.total
    while hits and (hits[0].time < begin or len(hits) >= MOST_NAMED):
        hits.popleft()
    hits.append(hit)
    place = hit.time // stretch_of(span)
    if not stretches or stretches[-1].place != place:
        stretches.append(Stretch(place, hit, hit.time))
    own, value = stretches[-1], exact(number(hit.value))
    own.last = hit.time
    own.count += 1
    own.total += value
    group.count += 1
    group.total += value
    if group.total < exact(correlation.at_least * NEARLY):
        return None
    first = stretches[0].first
    named = hits if hits[0].event == first.event else (first, *list(hits)[-MOST_NAMED + 1 :])
    return Together(tuple(named), group.count, first.time)


def stretch_of(span: int) -> int:
    """Return how long the stretches are that a sum takes as one, in milliseconds as the span."""
    return max(1, span // MOST_STRETCHES)


def exact(value: float) -> int:
    """Return a number that is not negative as a whole one, which adds up to the same in any order."""
    return int(ldexp(min(value, 2.0**900), BITS))


def number(value: str | float) -> float:
    """Return the number of a hit's value; what is none, or less than nothing, adds nothing."""
    try:
        found = float(value)
    except ValueError:
        return 0
    return found if 0 <= found < inf else 0


def ids(hits: Iterable[Hit], most: int) -> tuple[str, ...]:
    """Return the ids of the events, each once, at most so many."""
    return tuple(dict.fromkeys(hit.event for hit in hits))[:most]
