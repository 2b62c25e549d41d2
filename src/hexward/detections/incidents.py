"""Alerts → incidents: what one principal did within a few hours, as one story."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from hexward.events import milliseconds
from hexward.model import Alert, Severity

QUIET_HOURS = 2
"""After so long without an alert, what the same principal does next is another incident."""


@dataclass(slots=True)
class Step:
    """What one detection said during an incident: how often, from when to when, and its first alert."""

    first: Alert
    last: str
    times: int = 1


@dataclass(slots=True)
class Incident:
    """The alerts of one principal in one account, each detection once, in the order of time."""

    principal: str
    account: str
    began: str
    ended: str
    steps: dict[str, Step] = field(default_factory=dict)

    @property
    def level(self) -> Severity:
        """Return the worst level of its alerts."""
        return max(step.first.level for step in self.steps.values())

    @property
    def tactics(self) -> tuple[str, ...]:
        """Return the tactics in the order in which they came."""
        return tuple(dict.fromkeys(tactic for step in self.steps.values() for tactic in step.first.tactics))

    @property
    def alerts(self) -> int:
        """Count the alerts."""
        return sum(step.times for step in self.steps.values())

    def add(self, alert: Alert) -> None:
        """Take the next alert."""
        self.ended = alert.time
        step = self.steps.get(alert.detection)
        if step is None:
            self.steps[alert.detection] = Step(alert, alert.time)
        else:
            step.times += 1
            step.last = alert.time


def incidents(alerts: Iterable[Alert]) -> tuple[Incident, ...]:
    """Return the incidents of alerts that are in the order of time: the worst first, then the earliest."""
    found = list(_grouped(alerts))
    return tuple(sorted(found, key=lambda one: (-one.level, one.began, one.account, one.principal)))


def _grouped(alerts: Iterable[Alert]) -> Iterator[Incident]:
    going_on: dict[tuple[str, str], Incident] = {}
    for alert in alerts:
        key = (alert.account, alert.principal)
        incident = going_on.get(key)
        if incident is not None and milliseconds(alert.time) - milliseconds(incident.ended) > QUIET_HOURS * 3_600_000:
            yield going_on.pop(key)
            incident = None
        if incident is None:
            incident = going_on[key] = Incident(alert.principal, alert.account, alert.time, alert.time)
        incident.add(alert)
    yield from going_on.values()
