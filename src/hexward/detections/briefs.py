"""Briefs of CloudTrail's records → hits, where the brief tells enough: few records need to be read in full.

What rules ask of who calls what from where has the same answer for all records that agree in that. It is worked out for the first of
them, and of the others is asked only what is left. The hits are those that the whole record would give.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from operator import attrgetter

from hexward.detections.engine import Compiled, Engine, as_text, text_of
from hexward.detections.hit import Head, Row, one_head
from hexward.detections.match import Matcher
from hexward.detections.settled import OF_KIND, Question, Rules
from hexward.events import Log
from hexward.events.brief import Brief, Told
from hexward.events.caller import Caller, Callers, Like, checksum
from hexward.events.cloudtrail import on_what, saying, side
from hexward.events.enrich import Enrichment
from hexward.events.event import FIRST_TIME, LAST_TIME, milliseconds
from hexward.events.judged import Keep
from hexward.events.kind import Kind
from hexward.events.split import NOT_JSON
from hexward.events.values import LONGEST, is_short

type Hits = tuple[Sequence[Head], Row]
"""What one record is a hit of, and what is its own."""
type Take = Callable[[Sequence[Head], Row], None]
"""Takes the hits of one record."""

MOST_PLANS = 50_000
"""How many kinds of calls are remembered: of principals, calls and networks together."""
MOST_ASKED = 500_000
"""How many questions all of them have together, each with some 300 bytes; where callers have little in common, there are twice as many."""

TIME = attrgetter("eventTime")


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """What one rule asks of a brief.

    `says` is what is said of each, before and behind what it was about and its address. `heads` is the head of its hits, if all of a plan
    have the same.
    """

    question: Question
    says: tuple[str, str]
    tells_target: bool
    heads: tuple[Head] | None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is left to ask of records of one kind, and what is the same of them all.

    `always` are the hits that each of them is. `asks` are for the brief; `whole` say whether a rule that needs more may match the whole
    record.
    """

    settled: Mapping[str, object]
    always: tuple[Head, ...]
    asks: tuple[Ask, ...]
    whole: tuple[Matcher, ...]


class Briefs:
    """Judges records by their briefs, with one engine and what is known of behaviour."""

    def __init__(self, engine: Engine, enrichment: Enrichment, since: int, principal: str) -> None:
        """Start with no plan; `since` is milliseconds since 1970, `principal` a part of names in lower case."""
        self.engine = engine
        self.enrichment = enrichment
        self.since = since
        self.principal = principal
        self.first = LAST_TIME
        """When the first event was, where there is a baseline that may reach past it."""
        self._origin = enrichment.origins.of
        self._callers = Callers(enrichment.baseline.keys if enrichment.baseline is not None else ())
        self._places: dict[str, int] = {}
        self._numbers: dict[object, int] = {}
        self._number = count()
        self._are_asked = 0
        self._plans: dict[tuple[object, ...], Plan | None] = {}
        self._rules: dict[Kind, Rules] = {}
        self._quiet: set[tuple[Kind, Like]] = set()
        """What is asked of nowhere, which is most."""

    def judge(self, take: Take, briefs: Sequence[Brief], kinds: Sequence[Kind]) -> tuple[list[int], Keep]:
        """Tell the places of the records that must be read in full, and what has the hits of all others taken."""
        callers, places, plans, quiet = self._callers.known, self._places, self._plans, self._quiet
        began = self._began(briefs) if self.enrichment.baseline is not None else LAST_TIME
        left: list[int] = []
        hits: list[Hits] = []
        for number, (brief, kind) in enumerate(zip(briefs, kinds, strict=True)):
            if not kind.wanted:
                continue
            own = brief.userIdentity
            caller = callers.get(checksum(own))
            # As `Callers.of` does, but without a call for each record.
            if caller is None or caller.raw != own or brief.sessionCredentialFromConsole is not None:
                caller = self._caller(brief)
                if caller is None:
                    left.append(number)
                    continue
            if (kind, caller.like) in quiet:
                continue
            address = brief.sourceIPAddress or ""
            place = places.get(address)
            if place is None and (place := self._placed(address)) is None:
                left.append(number)
                continue
            key = (
                kind,
                caller.like,
                place,
                not brief.vpcEndpointId,
                brief.readOnly is True,
                brief.recipientAccountId,
                brief.awsRegion,
            )
            try:
                plan = plans[key]
            except KeyError:
                plan = self._planned(key, kind, brief, caller)
            if plan is not None and not self._asked(hits, plan, brief, caller, address):
                left.append(number)
        return left, partial(self._keep, take, hits, began)

    def _keep(self, take: Take, hits: Sequence[Hits], began: int) -> None:
        for heads, row in hits:
            take(heads, row)
        self.first = min(self.first, began)

    def _began(self, briefs: Sequence[Brief]) -> int:
        """Return when the first of some events was that is not too early to be judged, or `LAST_TIME`."""
        try:
            first = min(map(TIME, briefs), default=None)
        except TypeError:
            # Some have no time.
            first = None
        began = self._dated(first)
        return began if began < LAST_TIME else min(map(self._dated, map(TIME, briefs)), default=LAST_TIME)

    def _dated(self, moment: object) -> int:
        """Return a time that may be the first, or `LAST_TIME` for any other."""
        try:
            time = milliseconds(moment)
        except ValueError:
            return LAST_TIME
        return time if max(self.since, FIRST_TIME) <= time < LAST_TIME else LAST_TIME

    def _caller(self, brief: Brief) -> Caller | None:
        try:
            return self._callers.of(brief.userIdentity, brief.sessionCredentialFromConsole, brief.sourceIPAddress)
        except NOT_JSON:
            return None

    def _placed(self, address: str) -> int | None:
        """Return a number that addresses share whose calls cannot be told apart by where they came from; None for what is none."""
        if not is_short(address):
            return None
        if len(self._places) >= MOST_PLANS:
            self._places.clear()
            self._numbers.clear()
        where = (self._origin(address), side(address))
        if where not in self._numbers:
            # Plans may still know a number that was given before.
            self._numbers[where] = next(self._number)
        self._places[address] = found = self._numbers[where]
        return found

    def _asked(self, hits: list[Hits], plan: Plan, brief: Brief, caller: Caller, address: str) -> bool:
        """Add the hits of a record, or say that it must be read in full."""
        name = brief.eventID
        try:
            time = milliseconds(brief.eventTime)
            # Without an id an event is named for all that the record holds; a time that cannot be is told by whoever reads the whole.
            if not name or not FIRST_TIME <= time < LAST_TIME:
                return False
            if time < self.since:
                return True
            event = Told(brief, caller, time, plan.settled, self.enrichment.words)
            found = _found(plan, event, name, address)
        except NOT_JSON:
            return False
        if found is None:
            return False
        if plan.always:
            hits.append((plan.always, (time, name, address, "", ())))
        hits += found
        return True

    def _planned(self, key: tuple[object, ...], kind: Kind, brief: Brief, caller: Caller) -> Plan | None:
        """Work out what is left to ask of a kind, from the first record of it; None for nothing."""
        if len(self._plans) + len(self._quiet) >= MOST_PLANS or self._are_asked >= MOST_ASKED:
            self._plans.clear()
            self._quiet.clear()
            self._rules.clear()
            self._are_asked = 0
        by = caller.by
        if self.principal not in by.principal.lower():
            self._quiet.add((kind, caller.like))
            return None
        known = {"principal": by.principal, "principal_kind": by.kind, "platform": by.platform}
        event = Told(brief, caller, 0, known, self.enrichment.words)
        is_remembered = is_short(
            brief.recipientAccountId, brief.awsRegion, brief.eventSource, brief.eventName, brief.errorCode
        )
        rules = self._rules_of(kind, brief, is_remembered=is_remembered)
        if not rules.questions(rules.anywhere(event)):
            self._quiet.add((kind, caller.like))
            return None
        settled = rules.here(event)
        questions = rules.questions(settled)
        found = _filled(settled, questions, event) if questions else None
        if is_remembered:
            self._plans[key] = found
            self._are_asked += len(questions)
        return found

    def _rules_of(self, kind: Kind, brief: Brief, *, is_remembered: bool) -> Rules:
        """Return the rules for a kind; with what is not remembered itself they are not either, or they would add up."""
        found = self._rules.get(kind) if is_remembered else None
        if found is None:
            rules = self.engine.candidates(Log.CLOUDTRAIL, brief.eventSource, brief.eventName, brief.errorCode)
            found = Rules(rules, self.enrichment.settled)
            if is_remembered:
                self._rules[kind] = found
        return found


def _filled(settled: Mapping[str, object], questions: Sequence[Question], event: Told) -> Plan:
    before, behind = saying(event)
    always: list[Head] = []
    asks: list[Ask] = []
    whole: list[Matcher] = []
    for question in questions:
        rule = question.rule
        if not question.is_told:
            whole.append(question.matches)
            continue
        tells_target = rule.tells_target(reads=event.brief.readOnly is True)
        # What ends an alert is told with what it was about, which stands before the address.
        says = before if tells_target else f"{before} from ", behind
        head = _head(rule, event, says) if question.one_head else None
        if head is not None and question.always and not tells_target:
            always.append(head)
        else:
            asks.append(Ask(question, says, tells_target, None if head is None else (head,)))
    return Plan(settled, tuple(always), tuple(asks), tuple(whole))


def _head(rule: Compiled, event: Told, says: tuple[str, str]) -> Head:
    """Return what the hits of one rule agree in with that of an event."""
    own = Head(
        rule.detection,
        rule.rule,
        rule.grouped(event),
        event.principal,
        event.account,
        event.region,
        *says,
        text_of(event, rule.value) if rule.value is not None and rule.name_of_value in OF_KIND else "",
    )
    return one_head(own)


def _found(plan: Plan, event: Told, name: str, address: str) -> list[Hits] | None:
    """Return the hits of the rules that are asked of an event; None where the whole record may be one."""
    for may_match in plan.whole:
        if may_match(event):
            return None
    found: list[Hits] = []
    for ask in plan.asks:
        question = ask.question
        if question.matches(event):
            says = address
            named: tuple[str, ...] = ()
            if ask.tells_target:
                on, named = on_what(event)
                says = f"{on} from {address}"
            value = "" if question.value is None else question.value(event)
            # What is summed up is kept as it is, for of a million values few are told.
            kept = value if type(value) is float else as_text(value)
            if type(kept) is str and len(kept) > LONGEST:
                return None
            found.append((ask.heads or (_head(question.rule, event, ask.says),), (event.time, name, says, kept, named)))
    return found
