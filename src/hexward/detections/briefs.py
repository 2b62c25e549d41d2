"""Briefs of CloudTrail's records → hits, where the brief tells enough: few records need to be read in full.

What rules ask of who calls what from where has the same answer for all records that agree in that. It is worked out for the first of
them, and of the others is asked only what is left. The hits are those that the whole record would give.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from operator import attrgetter

from hexward.detections.engine import Compiled, Engine, as_text, text_of
from hexward.detections.expression import Expression, asked, comparisons
from hexward.detections.hit import Head, Row, one_head
from hexward.detections.look import Look, briefly
from hexward.detections.match import Matcher
from hexward.detections.possible import bound, question, rest
from hexward.events import Log
from hexward.events.brief import Brief, Told, tells
from hexward.events.caller import Caller, Callers, Like, checksum
from hexward.events.cloudtrail import on_what, saying, side
from hexward.events.enrich import Enrichment
from hexward.events.event import FIRST_TIME, LAST_TIME, milliseconds
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
"""How many rules all of them ask together, each with some 300 bytes."""

ANYWHERE = ("principal", "principal_kind", "platform", "long_term_key", "mature", "action_new", "stage")
"""Words that have one value for all calls of one kind by callers who are alike."""
SETTLED = (*ANYWHERE, "source", "network", "country", "network_new", "key_network_new", "region_new")
"""Words that have one value for all records that agree in what `Briefs` tells them apart by."""
OF_KIND = frozenset({"awsRegion", "errorCode", "eventName", "eventSource", *(f"hexward.{word}" for word in SETTLED)})
"""The fields that do."""
TIME = attrgetter("eventTime")


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """What one rule asks of a brief. `heads` is the head of its hits, if all of a plan have the same."""

    rule: Compiled
    matches: Matcher
    value: Look | None
    tells_target: bool
    heads: tuple[Head] | None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is left to ask of records of one kind, and what is the same of them all.

    `always` are the hits that each of them is. `asks` are for the brief; `whole` say whether a rule that needs more may match the whole
    record. `before` and `behind` are what is said of each, but for what it was about and its address.
    """

    settled: Mapping[str, object]
    reads: bool
    before: str
    behind: str
    always: tuple[Head, ...] = ()
    asks: tuple[Ask, ...] = ()
    whole: tuple[Matcher, ...] = ()

    def head(self, rule: Compiled, event: Told) -> Head:
        """Return what the hits of one rule agree in with that of an event."""
        own = Head(
            rule.detection,
            rule.rule,
            rule.grouped(event),
            event.principal,
            event.account,
            event.region,
            # What ends an alert is told with what it was about, which stands before the address.
            self.before if rule.tells_target(reads=self.reads) else f"{self.before} from ",
            self.behind,
            text_of(event, rule.value) if rule.value is not None and rule.name_of_value in OF_KIND else "",
        )
        return one_head(own)


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
        self._quiet: set[tuple[Kind, Like]] = set()
        """What is asked of nowhere, which is most."""

    def judge(self, take: Take, briefs: Sequence[Brief], kinds: Sequence[Kind]) -> tuple[list[int], Callable[[], None]]:
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
        own = caller.by.principal
        event = Told(brief, caller, 0, {"principal": own}, self.enrichment.words)
        settled = {word: event.word(word) for word in ANYWHERE}
        if not self.enrichment.knows_buckets:
            # No bucket is for anything, whichever the call names.
            settled["asset"] = None if self.enrichment.assets is None else []
        if len(self._plans) + len(self._quiet) >= MOST_PLANS or self._are_asked >= MOST_ASKED:
            self._plans.clear()
            self._quiet.clear()
            self._are_asked = 0
        if self.principal not in own.lower() or next(self._left(settled, brief), None) is None:
            self._quiet.add((kind, caller.like))
            return None
        settled |= {word: event.word(word) for word in SETTLED}
        plan = self._filled(Plan(settled, brief.readOnly is True, *saying(event)), brief, event)
        self._are_asked += len(plan.always) + len(plan.asks) + len(plan.whole)
        found = plan if plan.always or plan.asks or plan.whole else None
        if is_short(brief.recipientAccountId, brief.awsRegion, brief.eventSource, brief.eventName, brief.errorCode):
            self._plans[key] = found
        return found

    def _left(
        self, settled: Mapping[str, object], brief: Brief
    ) -> Iterator[tuple[Compiled, Expression | bool, Matcher]]:
        """Yield the rules that may match what is settled so far, with what they still ask."""
        known = {"hexward": settled, **{f"hexward.{word}": value for word, value in settled.items()}}
        for rule in self.engine.candidates(Log.CLOUDTRAIL, brief.eventSource, brief.eventName, brief.errorCode):
            left = rule.left if isinstance(rule.left, bool) else rest(rule.left, known)
            matches = question(left, briefly)
            if matches is not None:
                yield rule, left, matches

    def _filled(self, plan: Plan, brief: Brief, event: Told) -> Plan:
        always: list[Head] = []
        asks: list[Ask] = []
        whole: list[Matcher] = []
        for rule, left, matches in self._left(plan.settled, brief):
            tests = () if isinstance(left, bool) else comparisons(left)
            if all(map(_told, rule.names.union(*map(asked, tests)))):
                tells_target = rule.tells_target(reads=plan.reads)
                head = plan.head(rule, event) if rule.names_of_group <= OF_KIND else None
                if head is not None and left is True and not tells_target and {rule.name_of_value} <= OF_KIND | {""}:
                    always.append(head)
                else:
                    value = briefly(rule.name_of_value) if rule.value is not None else None
                    asks.append(Ask(rule, matches, value, tells_target, None if head is None else (head,)))
            elif (may_match := question(left if isinstance(left, bool) else bound(left, _told), briefly)) is not None:
                whole.append(may_match)
        return replace(plan, always=tuple(always), asks=tuple(asks), whole=tuple(whole))


def _found(plan: Plan, event: Told, name: str, address: str) -> list[Hits] | None:
    """Return the hits of the rules that are asked of an event; None where the whole record may be one."""
    for may_match in plan.whole:
        if may_match(event):
            return None
    found: list[Hits] = []
    for ask in plan.asks:
        if ask.matches(event):
            says = address
            named: tuple[str, ...] = ()
            if ask.tells_target:
                on, named = on_what(event)
                says = f"{on} from {address}"
            value = "" if ask.value is None else ask.value(event)
            # What is summed up is kept as it is, for of a million values few are told.
            kept = value if type(value) is float else as_text(value)
            if type(kept) is str and len(kept) > LONGEST:
                return None
            found.append((ask.heads or (plan.head(ask.rule, event),), (event.time, name, says, kept, named)))
    return found


def _told(field: str) -> bool:
    return field.startswith("hexward.") or tells(field)
