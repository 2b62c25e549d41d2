"""Events → hits: the rules of all detections, compiled once and chosen by the few fields that an event shows early."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hexward.detections.detection import CorrelationType, Detection, Rule
from hexward.detections.expression import Expression
from hexward.detections.hit import Hit
from hexward.detections.look import Look, leaves, looking
from hexward.detections.match import Matcher, text
from hexward.detections.possible import question, rest
from hexward.events import KNOWN_EARLY, Event, Log, says, says_on_what
from hexward.events.event import Acted, Fields
from hexward.events.values import is_short

EARLY: Mapping[Log, tuple[str, ...]] = {log: KNOWN_EARLY.get(log, ()) for log in Log}
MOST_REMEMBERED = 50_000
"""How many kinds of events the choice of rules is remembered for; AWS has some 20,000 calls."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What one rule asks of one kind of events, with its place: of its detection in the engine's list, and its own there."""

    detection: int
    rule: int
    left: Expression | bool
    matches: Matcher
    group_by: tuple[Look, ...]
    value: Look | None
    names_of_group: frozenset[str]
    name_of_value: str
    completes: bool
    """Whether its hit is an alert, or the last step to one; one that is counted may be one of millions, and none of them is it."""

    @property
    def names(self) -> frozenset[str]:
        """The fields that a hit holds beside those of every event."""
        return self.names_of_group | ({self.name_of_value} if self.name_of_value else frozenset())

    def tells_target(self, *, reads: bool) -> bool:
        """Say whether its hit is told with what it was about. Steps that only read come by the million too."""
        return self.completes and not (self.group_by and reads)

    def grouped(self, event: Acted) -> str:
        """Return what a correlation groups an event by: the account, and the fields that it names."""
        if not self.group_by:
            return ""
        return "\0".join([event.account, *(text_of(event.fields, look) for look in self.group_by)])


class Engine:
    """All rules of some detections, ready to be asked. Single events need nothing else; correlations follow in `alerts`."""

    def __init__(self, detections: Iterable[Detection]) -> None:
        """Take the rules; each is compiled for a kind of events when the first of them comes."""
        self.detections = tuple(detections)
        self._rules: dict[Log, list[tuple[int, int, Detection, Rule]]] = {log: [] for log in Log}
        self._chosen: dict[tuple[object, ...], tuple[Compiled, ...]] = {}
        for place, detection in enumerate(self.detections):
            for number, rule in enumerate(detection.rules):
                self._rules[rule.log].append((place, number, detection, rule))

    def asks(self, log: Log) -> bool:
        """Say whether any rule asks for events of a log."""
        return bool(self._rules[log])

    def candidates(self, log: Log, *early: str | None) -> tuple[Compiled, ...]:
        """Return the rules that an event may match whose early fields, in the order of `KNOWN_EARLY`, have these values."""
        key = (log, *early)
        found = self._chosen.get(key)
        if found is None:
            if len(self._chosen) >= MOST_REMEMBERED:
                self._chosen.clear()
            known = dict(zip(KNOWN_EARLY.get(log, ()), early, strict=True))
            might = (_compiled(*rule, known) for rule in self._rules[log])
            found = tuple(rule for rule in might if rule is not None)
            if is_short(*early):
                self._chosen[key] = found
        return found

    def _chosen_for(self, event: Event) -> tuple[Compiled, ...]:
        look = event.fields.get
        early = tuple([look(name) for name in EARLY[event.log]])
        try:
            return self._chosen[event.log, *early]
        except (KeyError, TypeError):
            return self.candidates(event.log, *(one if isinstance(one, str) else None for one in early))

    def hits(self, event: Event, candidates: Iterable[Compiled] | None = None) -> Iterator[Hit]:
        """Yield a hit for each rule that an event matches, of these candidates or of all that its log has."""
        told: dict[bool, tuple[str, tuple[str, ...]]] = {}
        for rule in self._chosen_for(event) if candidates is None else candidates:
            if rule.matches(event.fields):
                on_what = rule.tells_target(reads=event.fields.get("readOnly") is True)
                if on_what not in told:
                    told[on_what] = says_on_what(event) if on_what else (says(event), ())
                yield _hit(event, rule, *told[on_what])


def _compiled(
    place: int, number: int, detection: Detection, rule: Rule, known: Mapping[str, object]
) -> Compiled | None:
    """Compile what a rule still asks of events of one kind; None if none of them can match."""
    left = rest(rule.expression, known)
    matches = question(left)
    correlation = detection.correlation
    counted = rule.often or correlation
    if matches is None:
        return None
    return Compiled(
        detection=place,
        rule=number,
        left=left,
        matches=matches,
        group_by=tuple(map(looking, correlation.group_by)) if correlation else (),
        value=looking(counted.field) if counted and counted.field else None,
        names_of_group=frozenset(correlation.group_by) if correlation else frozenset(),
        name_of_value=counted.field if counted else "",
        completes=_completes(number, detection),
    )


def _completes(number: int, detection: Detection) -> bool:
    """Say whether one hit of a rule is an alert, or the last step of one."""
    correlation, rule = detection.correlation, detection.rules[number]
    if correlation is None:
        return True
    ordered = correlation.type is CorrelationType.TEMPORAL_ORDERED
    return ordered and rule.often is None and number == len(detection.rules) - 1


def _hit(event: Event, rule: Compiled, told: str, targets: tuple[str, ...]) -> Hit:
    """Return the hit of an event that a rule matches; `told` is what happened, in words, and to what."""
    return Hit(
        time=event.time,
        detection=rule.detection,
        rule=rule.rule,
        event=event.id,
        principal=event.principal,
        account=event.account,
        region=event.region,
        says=told,
        group=rule.grouped(event),
        value=text_of(event.fields, rule.value) if rule.value is not None else "",
        targets=targets,
    )


def text_of(fields: Fields, look: Look) -> str:
    """Return the value of a field as text, several values joined by commas."""
    return as_text(look(fields))


def as_text(found: object) -> str:
    """Return what was looked up as text."""
    if type(found) is list:
        return ",".join(text(one) for one in leaves(found) if one is not None)
    return text(found) if found is not None else ""
