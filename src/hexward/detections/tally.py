"""Which groups of a correlation can have an alert at all: most do not, and their hits need not be brought into order.

Each hit is counted in a stretch of time as long as the correlation looks back, so that any window lies within two stretches: a group
whose two neighbouring stretches hold too little never alerts. Of an ordered correlation a group needs a hit of each rule.
"""

from collections.abc import Iterable, Iterator

from hexward.detections.correlate import number
from hexward.detections.detection import CorrelationType, Detection
from hexward.detections.hit import Hit

MOST_GROUPS = 200_000
"""How many groups are counted; of more, all are taken to matter."""
NEARLY = 1 - 1e-9
"""Sums come out a little different in another order."""

type Group = tuple[int, str]
"""A detection's place, and what its hits agree in."""


class Tally:
    """Counts hits by group and time. Tallies of parts of a log, merged, are that of the whole."""

    def __init__(self, detections: Iterable[Detection]) -> None:
        """Start with nothing."""
        self.correlated = {place: one for place, one in enumerate(detections) if one.correlation is not None}
        self.counts: dict[Group, dict[int, float]] = {}
        self.full = False

    def add(self, hits: Iterable[Hit]) -> None:
        """Count hits. A hit that is told twice counts twice, which makes too much of a group, never too little."""
        for hit in hits:
            found = self.correlated.get(hit.detection)
            correlation = found.correlation if found is not None else None
            if correlation is None:
                continue
            counts = self.counts.setdefault((hit.detection, hit.group), {})
            if correlation.type is CorrelationType.TEMPORAL_ORDERED:
                counts[hit.rule] = 1
            else:
                stretch = hit.time // (correlation.timespan_seconds * 1000)
                more = number(hit.value) if correlation.type is CorrelationType.VALUE_SUM else 1
                counts[stretch] = counts.get(stretch, 0) + more

    def merge(self, other: "Tally") -> None:
        """Count what another has counted."""
        for group, counts in other.counts.items():
            own = self.counts.setdefault(group, counts)
            if own is not counts:
                for stretch, count in counts.items():
                    own[stretch] = own.get(stretch, 0) + count
        self.full = self.full or other.full or len(self.counts) > MOST_GROUPS
        if self.full:
            self.counts = {}

    def groups(self) -> frozenset[Group] | None:
        """Return the groups that may have an alert; None where there were too many to tell."""
        if self.full:
            return None
        return frozenset(group for group, counts in self.counts.items() if self._reaches(group, counts))

    def _reaches(self, group: Group, counts: dict[int, float]) -> bool:
        found = self.correlated[group[0]]
        correlation = found.correlation
        if correlation is None or correlation.type is CorrelationType.TEMPORAL_ORDERED:
            return len(counts) == len(found.rules)
        enough = correlation.at_least * NEARLY
        return any(count + counts.get(stretch + 1, 0) >= enough for stretch, count in counts.items())


def sifted(hits: Iterable[Hit], tally: Tally) -> Iterator[Hit]:
    """Yield the hits that may be a part of an alert."""
    groups, correlated = tally.groups(), tally.correlated
    return (
        hit for hit in hits if groups is None or hit.detection not in correlated or (hit.detection, hit.group) in groups
    )
