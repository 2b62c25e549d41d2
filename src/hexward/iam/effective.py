"""Whether some request of a caller passes all policies that bear on it: identity, boundary, control policies and the resource's own.

It is `decide` with everything left open that a question leaves open: actions, resources and all that a request may hold.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from hexward.iam import arn, glob
from hexward.iam.authorization import under_rcps
from hexward.iam.box import Box, Cutter, meet
from hexward.iam.callers import Asker
from hexward.iam.clause import UNNAMEABLE, Known, names_wildcards
from hexward.iam.decide import ASSUME, Verdict, decide
from hexward.iam.doubt import Answer, Doubt
from hexward.iam.errors import RequestError
from hexward.iam.match import ATTACHED, Resources
from hexward.iam.natural import natural
from hexward.iam.partition import TooMany, of_arn
from hexward.iam.people import Named
from hexward.iam.policies import Policies
from hexward.iam.policy import Layer, Shelf, Statement
from hexward.iam.principal import Grant, Principals, Sort
from hexward.iam.proof import Outcome, Proof, unknown
from hexward.iam.replay import requests
from hexward.iam.request import Request
from hexward.iam.space import Asks, Scope, Space, Use, lower_union

BOXES = 40
NEVER = ((frozenset({ASSUME}), lambda asker: asker.who.sort is Sort.ROOT),)
"""The root user takes no role."""
KEY = "arn:*:kms:*:*:key/*"


@dataclass(frozen=True, slots=True)
class Question:
    """Whether someone may do one of some actions on one of the resources of a pattern, both as policies write them."""

    actions: tuple[str, ...]
    resource: str

    @property
    def services(self) -> frozenset[str]:
        """The prefixes of the actions."""
        return frozenset(one.lower().partition(":")[0] for one in self.actions)


def direct(asker: Asker, named: Principals) -> Answer:
    """Say whether a grant stands alone."""
    return _is(named.grants(asker.who), {Grant.DIRECT})


def limited(asker: Asker, named: Principals) -> Answer:
    """Say whether boundary and session policy alone limit a grant."""
    return _is(named.grants(asker.who), {Grant.DIRECT, Grant.LIMITED})


def to_account(asker: Asker, named: Principals) -> Answer:
    """Say whether a grant goes to the account, which passes it on."""
    return _is(named.grants(asker.who), {Grant.ACCOUNT})


def any_grant(asker: Asker, named: Principals) -> Answer:
    """Say whether a caller is granted anything, whatever else is needed."""
    return _is(named.grants(asker.who), set(Grant))


def _is(grant: Grant | Doubt | None, wanted: set[Grant]) -> Answer:
    return grant if isinstance(grant, Doubt) else grant in wanted


def denied(asker: Asker, named: Principals) -> Answer:
    """Say whether a Deny strikes a caller without a boundary."""
    return named.denies(asker.who, bounded=False)


def denied_bounded(asker: Asker, named: Principals) -> Answer:
    """Say whether a Deny strikes a caller with a boundary."""
    return named.denies(asker.who, bounded=True)


def possible(
    question: Question, askers: Callable[[Named], Sequence[Asker]], first: Asker, policies: Policies, known: Known
) -> Proof:
    """Return PROVED if none of the callers can do it, else the request by which one can, or why that is not known.

    All callers have their account in common with `first`, or have none. `known` holds keys of the request with one possible value, None
    if they are absent. Raises PolicyError for a malformed document.
    """
    try:
        if _Effective(question, first, policies, rough=True).proof(askers, known).verdict is Outcome.PROVED:
            return Proof(Outcome.PROVED)
        return _Effective(question, first, policies).proof(askers, known)
    except TooMany as problem:
        return unknown(problem.construct)


class _Effective:
    """All statements that bear on a question, and the ways in which they can let a request pass.

    `rough` looks at no resource: an Allow of some is taken for one of all, a Deny of some for none. What is proved so is proved.
    """

    def __init__(self, question: Question, first: Asker, policies: Policies, *, rough: bool = False) -> None:
        self.question, self.first, self.policies, self.rough = question, first, policies, rough
        self.compiled = policies.compiled
        self.uses: list[Use] = []
        self.denies: list[int] = []
        bounded = (
            self.compiled.boundary is not None and first.who.account is not None and first.who.sort is not Sort.ROOT
        )
        self.strikes = denied_bounded if bounded else denied

    def proof(self, askers: Callable[[Named], Sequence[Asker]], known: Known) -> Proof:
        ways = [way for way in self._ways() if all(way)]
        if not ways:
            return Proof(Outcome.PROVED)
        for shelf in self._shelves():
            self._deny(shelf)
        space = Space(self.uses, self._scope(askers, known), cross=True)
        if self.rough:
            return unknown("") if any(True for _ in self._passing(space, ways)) else Proof(Outcome.PROVED)
        doubt = ""
        found = 0
        for box in islice(self._passing(space, ways), BOXES):
            found += 1
            doubt = doubt or space.doubt(box)
            for request, _ in islice(requests(space, box, Layer.RESOURCE), 16):
                try:
                    decision = decide(request, self.policies)
                except RequestError:
                    continue
                if decision.verdict is Verdict.ALLOWED:
                    return self._refuted(request)
                doubt = doubt or decision.construct
        if found:
            return unknown(doubt or "a request that the evaluator does not confirm")
        return self._unnameable(askers, known, ways)

    def _refuted(self, request: Request) -> Proof:
        """Return the refutation by a request that is allowed, told as people write it."""

        def allowed(one: Request) -> bool:
            return decide(one, self.policies).verdict is Verdict.ALLOWED

        shown = natural(request, self.question.actions, self.question.resource, allowed)
        return Proof(Outcome.REFUTED, shown, decide(shown, self.policies).because)

    def _unnameable(
        self, askers: Callable[[Named], Sequence[Asker]], known: Known, ways: Sequence[Sequence[Sequence[int]]]
    ) -> Proof:
        """Look at resources that no request can name, if a statement names one."""
        if not any(names_wildcards(one.statement.resources) for one in self.uses):
            return Proof(Outcome.PROVED)
        space = Space(self.uses, replace(self._scope(askers, known), wild=True), cross=True)
        return unknown(UNNAMEABLE) if any(True for _ in self._passing(space, ways)) else Proof(Outcome.PROVED)

    def _scope(self, askers: Callable[[Named], Sequence[Asker]], known: Known) -> Scope:
        resource = (of_arn(glob.from_policy(self.question.resource)),)
        return Scope((lower_union(self.question.actions),), (resource,), askers, known, never=NEVER)

    def _ways(self) -> Iterator[list[list[int]]]:
        """Yield lists of gates; a request passes if it passes each gate of one list, by one of the statements there."""
        first, compiled = self.first, self.compiled
        gates = [self._allow(level, any_grant) for level in self._levels()]
        own, boundary, session = (self._gate(one) for one in (compiled.identity, compiled.boundary, compiled.session))
        limits = [one for one in (boundary, session) if one is not None]
        federated = first.who.sort is Sort.FEDERATED and compiled.session is None
        if federated:
            limits.append([])
        identity = [own or []] if first.who.sort is not Sort.ROOT else []
        limits = limits if identity else limits[1:] if boundary is not None else limits
        if "kms" in self.question.services:
            # What may limit a grant of KMS is not settled: `decide` has the last word.
            yield [*gates, self._allow(compiled.lent, any_grant)]
        if first.who.account is None:
            yield [*gates, self._grants(any_grant)]
        elif first.abroad:
            yield [*gates, self._grants(any_grant), *identity, *limits]
        else:
            yield [*gates, self._grants(direct)]
            yield [*gates, self._grants(limited), *limits]
            handed = [self._grants(to_account)] if self._needs_grant() else []
            yield [*gates, *handed, *identity, *limits]

    def _needs_grant(self) -> bool:
        """Say whether the resource's policy must allow or hand on: keys and roles do so."""
        resource = self.question.resource
        kind = (":kms:", ":key/") if "kms" in self.question.services else (":iam:", ":role/")
        return self.question.services <= {"kms", "sts"} and all(one in resource for one in kind)

    def _levels(self) -> list[Shelf]:
        linked = ":role/aws-service-role/" in self.first.principal
        rcps = self.compiled.rcps if not linked and not self.question.services.isdisjoint(under_rcps()) else ()
        scps = self.compiled.scps if not linked and self.first.who.account is not None else ()
        return [*rcps, *scps]

    def _shelves(self) -> Iterator[Shelf]:
        yield from self._levels()
        compiled = self.compiled
        root = self.first.who.sort is Sort.ROOT
        for shelf in (compiled.identity, compiled.boundary, compiled.session, compiled.resource):
            if shelf is not None and not (root and shelf in (compiled.identity, compiled.boundary)):
                yield shelf

    def _gate(self, shelf: Shelf | None) -> list[int] | None:
        return None if shelf is None else self._allow(shelf, None)

    def _grants(self, asks: Asks) -> list[int]:
        shelf, who = self.compiled.resource, self.first.who
        shut = self.compiled.closed_to_public and (who.sort in {Sort.ANONYMOUS, Sort.PROVIDER} or self.first.abroad)
        return [] if shelf is None or shut else self._allow(shelf, asks)

    def _allow(self, shelf: Shelf, asks: Asks | None) -> list[int]:
        """Take in the Allow statements that may be about the question; returns their places."""
        found = [Use(one, asks) for one in self._near(shelf) if one.allow]
        self.uses += found
        return list(range(len(self.uses) - len(found), len(self.uses)))

    def _deny(self, shelf: Shelf) -> None:
        found = [Use(one, self.strikes) for one in self._near(shelf) if not one.allow]
        self.denies += range(len(self.uses), len(self.uses) + len(found))
        self.uses += found

    def _near(self, shelf: Shelf) -> Iterator[Statement]:
        """Yield the statements that may be about the question; in the rough, as if each were about all of its resource."""
        for one, _ in shelf.placed:
            if any(one.actions.match(action.lower()) or glob.wild(action) for action in self.question.actions):
                if not self._may_be_about(one.resources):
                    continue
                if not self.rough:
                    yield one
                elif one.allow or self._is_about_all(one.resources):
                    yield replace(one, resources=ATTACHED)

    def _may_be_about(self, found: Resources) -> bool:
        if found.everything or found.excluded or found.templates:
            return True
        return any(_meets(self.question.resource, pattern.text) for pattern in found.patterns)

    def _is_about_all(self, found: Resources) -> bool:
        if found.excluded:
            return False
        return found.everything or any(_covers(pattern.text, self.question.resource) for pattern in found.patterns)

    def _passing(self, space: Space, ways: Sequence[Sequence[Sequence[int]]]) -> Iterator[Box]:
        """Yield boxes of requests that pass all gates of some way and that no Deny strikes."""
        if space.empty:
            return
        minus = [box for at in self.denies if (box := space.boxes[at]) is not None]
        cutter = Cutter(space.whole)
        for way in ways:
            for box in _through(space, {}, way):
                yield from cutter.left(box, [*space.never, *minus])


def _through(space: Space, box: Box, way: Sequence[Sequence[int]]) -> Iterator[Box]:
    if not way:
        yield box
        return
    for at in way[0]:
        own = space.boxes[at]
        both = None if own is None else meet(box, own)
        if both is not None:
            yield from _through(space, both, way[1:])


@lru_cache(maxsize=65_536)
def _meets(one: str, other: str) -> bool:
    return arn.intersect(glob.from_policy(one), other) is not False


@lru_cache(maxsize=65_536)
def _covers(wide: str, one: str) -> bool:
    return arn.covered(glob.from_policy(one), [wide]) is True
