"""Hits → alerts: single events at once, correlations as they come together; given in the order of time, each hit once."""

from collections.abc import Iterable, Iterator

from hexward.detections.correlate import Correlator, Together, ids
from hexward.detections.detection import Detection
from hexward.detections.hit import Hit
from hexward.events import told
from hexward.model import Alert

MOST_EVENTS = 100
"""How many events one alert names."""


def alerts(hits: Iterable[Hit], detections: tuple[Detection, ...]) -> Iterator[Alert]:
    """Yield the alerts of hits that are sorted. The same hit twice, as two trails write it, counts once."""
    correlators = {
        place: Correlator(one.correlation, tuple(rule.often for rule in one.rules))
        for place, one in enumerate(detections)
        if one.correlation
    }
    before: tuple[int, int, int, str] | None = None
    seen: set[tuple[str, str, str]] = set()
    for hit in hits:
        # An id alone is not enough: whoever writes one could hide another's event behind it.
        key, own = (hit.time, hit.detection, hit.rule, hit.event), (hit.account, hit.principal, hit.group)
        if key != before:
            before, seen = key, set()
        if own in seen:
            continue
        seen.add(own)
        correlator = correlators.get(hit.detection)
        together = Together((hit,), 1, hit.time) if correlator is None else correlator.add(hit)
        if together:
            yield _alert(detections[hit.detection], together)


def _alert(detection: Detection, together: Together) -> Alert:
    hits = together.hits
    last = hits[-1]
    several = f"; {together.count} events since {told(together.since)}" if together.count > 1 else ""
    return Alert(
        detection=detection.id,
        level=detection.level,
        tactics=detection.tactics,
        time=told(last.time),
        principal=last.principal,
        account=last.account,
        region=last.region,
        events=ids(hits, MOST_EVENTS),
        summary=f"{detection.title}: {last.says}{several}",
        playbook=detection.playbook,
        targets=last.targets,
    )
