"""Briefs of CloudTrail's records → hits, where the brief tells enough: most records need not be read in full.

What rules ask of who calls what from where has the same answer for all records that agree in that. It is worked out for the first of
them, and of the others is asked only what is left. The hits are those that the whole record would give.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hexward.detections.engine import Compiled, Engine, hit_of
from hexward.detections.expression import comparisons
from hexward.detections.hit import Hit
from hexward.detections.match import Matcher
from hexward.detections.possible import asked, bound, question, rest
from hexward.events import Event, Log, says
from hexward.events.brief import NOBODY, TOLD_BRIEFLY, Brief, caller, event_told
from hexward.events.cloudtrail import Who, side
from hexward.events.enrich import Enrichment
from hexward.events.network import network
from hexward.events.record import dated

MOST_PLANS = 100_000
"""How many kinds of calls are remembered: of principals, calls and networks together."""

SETTLED = (
    "principal", "principal_kind", "platform", "source", "long_term_key", "mature", "network_new", "key_network_new", "action_new",
    "region_new", "stage", "asset",
)  # fmt: skip
"""Words that have one value for all records that agree in what `Briefs` tells them apart by."""
TOLD = TOLD_BRIEFLY | {f"hexward.{word}" for word in (*SETTLED, "hour_unusual", "times_usual")}
"""The fields that a brief tells as well as the whole record."""

type Meant = Callable[[Event], bool]
"""Says whether an event is searched at all."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is left to ask of records of one kind: of their briefs, and where a rule needs more, whether it may match the whole."""

    rules: tuple[Compiled, ...]
    whole: tuple[Matcher, ...]


class Briefs:
    """Judges records by their briefs, with one engine and what is known of behaviour."""

    def __init__(self, engine: Engine, enrichment: Enrichment, meant: Meant) -> None:
        """Start with no plan."""
        self.engine = engine
        self.enrichment = enrichment
        self.meant = meant
        self._keys = enrichment.baseline.keys if enrichment.baseline is not None else {}
        self._buckets = enrichment.assets.buckets if enrichment.assets is not None else {}
        self._plans: dict[tuple[object, ...], Plan] = {}

    def hits(self, brief: Brief) -> Sequence[Hit] | None:
        """Return the hits of a record; None where its brief does not tell."""
        own, request = brief.userIdentity or NOBODY, brief.requestParameters
        by, key, address = caller(brief), own.accessKeyId or "", brief.sourceIPAddress or ""
        kind = (
            brief.eventSource,
            brief.eventName,
            brief.errorCode,
            by,
            network(address),
            side(address),
            bool(brief.vpcEndpointId),
            key if key in self._keys else key[:4],
            brief.recipientAccountId or own.accountId,
            brief.awsRegion,
            self._bucket(request.bucketName) if self._buckets and request is not None else None,
        )
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._planned(kind, brief, by)
        if not (plan.rules or plan.whole):
            return ()
        return self._asked(plan, brief, by)

    def _bucket(self, name: object) -> str | None:
        """Return the name of a bucket of which an audit knows what it is for."""
        return name if isinstance(name, str) and name in self._buckets else None

    def _asked(self, plan: Plan, brief: Brief, by: Who) -> Sequence[Hit] | None:
        # Without an id an event is named for all that the record holds.
        event = self._event(brief, by) if brief.eventID else None
        if event is None:
            return None
        if not self.meant(event):
            return ()
        if any(may_match(event.fields) for may_match in plan.whole):
            return None
        matching = [rule for rule in plan.rules if rule.matches(event.fields)]
        if not matching:
            return ()
        told = says(event)
        return [hit_of(event, rule, told) for rule in matching]

    def _event(self, brief: Brief, by: Who) -> Event | None:
        """Return the event as far as the brief tells it; None for one that is none, which whoever reads the whole will say."""
        try:
            return dated(event_told(brief, by, self.enrichment.words))
        except ValueError:
            return None

    def _planned(self, kind: tuple[object, ...], brief: Brief, by: Who) -> Plan:
        """Work out what is left to ask of a kind, from the first record of it."""
        event = self._event(brief, by)
        if event is None:
            return UNPLANNED
        words = {word: event.known.get(word) for word in SETTLED}
        known = {"hexward": words, **{f"hexward.{word}": value for word, value in words.items()}}
        rules: list[Compiled] = []
        whole: list[Matcher] = []
        early = (brief.eventSource, brief.eventName, brief.errorCode)
        for rule in self.engine.candidates(Log.CLOUDTRAIL, *early):
            left = rule.left if isinstance(rule.left, bool) else rest(rule.left, known)
            matches = question(left)
            if matches is None:
                continue
            tests = () if isinstance(left, bool) else comparisons(left)
            if rule.names.union(*map(asked, tests)) <= TOLD:
                rules.append(replace(rule, left=left, matches=matches))
            elif (may_match := question(left if isinstance(left, bool) else bound(left, TOLD))) is not None:
                whole.append(may_match)
        if len(self._plans) >= MOST_PLANS:
            self._plans.clear()
        self._plans[kind] = Plan(tuple(rules), tuple(whole))
        return self._plans[kind]


UNPLANNED = Plan((), (lambda _: True,))
