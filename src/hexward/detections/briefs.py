"""Briefs of CloudTrail's records → hits, where the brief tells enough: few records need to be read in full.

What rules ask of who calls what from where has the same answer for all records that agree in that. It is worked out for the first of
them, and of the others is asked only what is left. The hits are those that the whole record would give.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hexward.detections.engine import Compiled, Engine, text_of
from hexward.detections.expression import comparisons
from hexward.detections.hit import Hit
from hexward.detections.match import Matcher
from hexward.detections.possible import asked, bound, question, rest
from hexward.events import Log
from hexward.events.brief import Brief, Told, tells
from hexward.events.caller import Caller, Callers
from hexward.events.cloudtrail import on_what, saying, side
from hexward.events.enrich import Enrichment
from hexward.events.event import FIRST_TIME, LAST_TIME, milliseconds
from hexward.events.split import NOT_JSON

MOST_PLANS = 100_000
"""How many kinds of calls are remembered: of principals, calls and networks together."""

SETTLED = (
    "principal", "principal_kind", "platform", "source", "network", "country", "long_term_key", "mature", "network_new",
    "key_network_new", "action_new", "region_new", "stage",
)  # fmt: skip
"""Words that have one value for all records that agree in what `Briefs` tells them apart by."""
OF_KIND = frozenset({"awsRegion", "errorCode", "eventName", "eventSource", *(f"hexward.{word}" for word in SETTLED)})
"""The fields that do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is left to ask of records of one kind, and what is the same of them all.

    `rules` are asked of the brief, each with its group if all records of the kind have the same; `whole` say whether a rule that needs
    more may match the whole record. `before` and `behind` are what is said of each, but for what it was about and its address.
    """

    rules: tuple[tuple[Compiled, str | None], ...]
    whole: tuple[Matcher, ...]
    settled: Mapping[str, object]
    before: str
    behind: str

    def said(self, event: Told, address: str, *, tells_target: bool) -> str:
        """Tell what happened in one sentence."""
        return f"{self.before}{on_what(event) if tells_target else ''} from {address}{self.behind}"


class Briefs:
    """Judges records by their briefs, with one engine and what is known of behaviour."""

    def __init__(self, engine: Engine, enrichment: Enrichment, since: int, principal: str) -> None:
        """Start with no plan; `since` is milliseconds since 1970, `principal` a part of names in lower case."""
        self.engine = engine
        self.enrichment = enrichment
        self.since = since
        self.principal = principal
        self.first = LAST_TIME
        """When the first event was that any rule was asked of."""
        self._origin = enrichment.origins.of
        self._callers = Callers(enrichment.baseline.keys if enrichment.baseline is not None else ())
        self._places: dict[str, int] = {}
        self._numbers: dict[object, int] = {}
        self._plans: dict[tuple[object, ...], Plan | None] = {}

    def hits(self, brief: Brief) -> Sequence[Hit] | None:
        """Return the hits of a record; None where its brief does not tell."""
        try:
            caller = self._callers.of(brief.userIdentity, brief.sessionCredentialFromConsole, brief.sourceIPAddress)
        except NOT_JSON:
            return None
        address = brief.sourceIPAddress or ""
        place = self._places.get(address)
        if place is None:
            place = self._placed(address)
        kind = (
            brief.eventSource,
            brief.eventName,
            brief.errorCode,
            caller.like,
            place,
            bool(brief.vpcEndpointId),
            brief.recipientAccountId,
            brief.awsRegion,
        )
        try:
            plan = self._plans[kind]
        except KeyError:
            plan = self._planned(kind, brief, caller)
        return () if plan is None else self._asked(plan, brief, caller, address)

    def _placed(self, address: str) -> int:
        """Return a number that addresses share whose calls cannot be told apart by where they came from."""
        if len(self._places) >= MOST_PLANS:
            self._places.clear()
        found = self._numbers.setdefault((self._origin(address), side(address)), len(self._numbers))
        self._places[address] = found
        return found

    def _asked(self, plan: Plan, brief: Brief, caller: Caller, address: str) -> Sequence[Hit] | None:
        name = brief.eventID
        try:
            time = milliseconds(brief.eventTime)
            # Without an id an event is named for all that the record holds; a time that cannot be is told by whoever reads the whole.
            if not name or not FIRST_TIME <= time < LAST_TIME:
                return None
            if time < self.since:
                return ()
            self.first = min(self.first, time)
            event = Told(brief, caller, time, plan.settled, self.enrichment.words)
            for may_match in plan.whole:
                if may_match(event):
                    return None
            return [
                self._hit(event, name, rule, group, plan.said(event, address, tells_target=rule.tells_target(event)))
                for rule, group in plan.rules
                if rule.matches(event)
            ]
        except NOT_JSON:
            return None

    def _hit(self, event: Told, name: str, rule: Compiled, group: str | None, says: str) -> Hit:
        return Hit(
            event.time,
            rule.detection,
            rule.rule,
            name,
            event.principal,
            event.account,
            event.region,
            says,
            rule.grouped(event) if group is None else group,
            text_of(event, rule.value) if rule.value is not None else "",
        )

    def _planned(self, kind: tuple[object, ...], brief: Brief, caller: Caller) -> Plan | None:
        """Work out what is left to ask of a kind, from the first record of it; None for nothing."""
        event = Told(brief, caller, 0, {"principal": caller.by.principal}, self.enrichment.words)
        settled = {
            word: event.word(word) for word in (*SETTLED, *(() if self.enrichment.knows_buckets else ("asset",)))
        }
        known = {"hexward": settled, **{f"hexward.{word}": value for word, value in settled.items()}}
        rules: list[tuple[Compiled, str | None]] = []
        whole: list[Matcher] = []
        early = (brief.eventSource, brief.eventName, brief.errorCode)
        meant = self.principal in caller.by.principal.lower()
        for rule in self.engine.candidates(Log.CLOUDTRAIL, *early) if meant else ():
            left = rule.left if isinstance(rule.left, bool) else rest(rule.left, known)
            matches = question(left)
            if matches is None:
                continue
            tests = () if isinstance(left, bool) else comparisons(left)
            if all(map(_told, rule.names.union(*map(asked, tests)))):
                same = rule.names_of_group <= OF_KIND
                left_of_it = replace(rule, left=left, matches=matches)
                rules.append((left_of_it, rule.grouped(event) if same else None))
            elif (may_match := question(left if isinstance(left, bool) else bound(left, _told))) is not None:
                whole.append(may_match)
        if len(self._plans) >= MOST_PLANS:
            self._plans.clear()
        found = Plan(tuple(rules), tuple(whole), settled, *saying(event)) if rules or whole else None
        self._plans[kind] = found
        return found


def _told(field: str) -> bool:
    return field.startswith("hexward.") or tells(field)
