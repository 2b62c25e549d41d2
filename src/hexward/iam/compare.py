"""Two documents compared over all requests: an Allow of the one, minus its Denies, must lie within what the other allows.

Each Allow statement is a question of its own, about the requests that it takes in, so that most patterns of both documents fall out
before anything is enumerated. What refutes is put to the evaluator, under both documents, before it is returned.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from hexward.iam.assignments import assignments
from hexward.iam.box import Box, Cutter, meet
from hexward.iam.callers import Asker, everyone, holders
from hexward.iam.clause import (
    UNNAMEABLE,
    Known,
    clause,
    filled_resources,
    names_wildcards,
    resource_union,
    wide_resources,
)
from hexward.iam.decide import ASSUME, FREE
from hexward.iam.document import Document
from hexward.iam.doubt import Answer
from hexward.iam.match import ATTACHED, Actions, actions
from hexward.iam.narrow import Relation, groups
from hexward.iam.parse import parse
from hexward.iam.partition import TooMany, of_arn
from hexward.iam.policy import Layer, Policy, Statement
from hexward.iam.principal import Principals, Sort
from hexward.iam.proof import Outcome, Proof, unknown
from hexward.iam.replay import Replay, requests
from hexward.iam.space import Scope, Space, Use, actions_union
from hexward.iam.weigh import OWNER_KEEPS

BOXES = 40
"""Boxes of refuting requests that are put to the evaluator before the search for one that it confirms is given up."""

OWN_RIGHT = """{"Statement": [
    {"Effect": "Allow", "Principal": "*", "NotAction": ["kms:*", "sts:*"], "Resource": "*"},
    {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "NotResource": ["arn:*:kms:*:*:key/*", "arn:*:kms:*:*:key"]},
    {"Effect": "Allow", "Principal": "*", "Action": "sts:*", "NotResource": ["arn:*:iam:*:*:role/*", "arn:*:iam:*:*:role"]}
]}"""
"""What an account's own people may hold without a grant by the resource's policy: anything but keys and roles."""


NEVER: tuple[tuple[frozenset[str], Callable[[Asker], bool]], ...] = (
    (FREE, lambda asker: asker.who.account is not None),
    (frozenset({ASSUME}), lambda asker: asker.who.sort is Sort.ROOT),
    (frozenset(OWNER_KEEPS), lambda asker: asker.who.sort is Sort.ROOT and not asker.abroad),
)
"""What no document decides: these actions are always allowed to these callers, or never."""


SPECIAL = frozenset().union(*(some for some, _ in NEVER))
EVERY_ACTION = actions(("*",), excluded=False)
ROLES = (of_arn("arn:*:iam::*:role/?*"),)
"""What a trust policy is attached to."""


@dataclass(frozen=True, slots=True)
class Part:
    """One Allow statement as a question: all that bears on it; Denies that both documents hold are among `denies` alone."""

    allow: Use
    denies: tuple[Use, ...]
    old_allows: tuple[Use, ...]
    old_denies: tuple[Use, ...]

    @property
    def uses(self) -> tuple[Use, ...]:
        """All statements, in order."""
        return (self.allow, *self.denies, *self.old_allows, *self.old_denies)


def granted(asker: Asker, named: Principals) -> Answer:
    """Say whether an Allow of a resource's policy lets a caller in."""
    return asker.granted(named)  # type: ignore[return-value]


def denied(asker: Asker, named: Principals) -> Answer:
    """Say whether a Deny of a resource's policy strikes a caller."""
    return named.denies(asker.who, bounded=False)


def of_right(asker: Asker, _: Principals) -> Answer:
    """Say whether a caller needs no grant by the resource's policy."""
    return asker.own_right


class Comparison:
    """Looks for a request that one document allows and the other does not."""

    def __init__(self, old: Document, new: Document, layer: Layer, names: tuple[str, str]) -> None:
        """Compile both; raises PolicyError for one that is malformed. `names` are what citations call them."""
        self.layer = layer
        self.resource = layer is Layer.RESOURCE
        self.old, self.new = parse(old, layer), parse(new, layer)
        self.trust = self.resource and all(
            one.resources == ATTACHED for one in (*self.old.statements, *self.new.statements)
        )
        self.replay = Replay(old, new, layer, names)

    def proof(self) -> Proof:
        """Ask about every Allow of the new document."""
        doubts: list[str] = []
        checked = 0
        for part in self._parts():
            checked += 1
            try:
                found = self._asked(part)
            except TooMany as problem:
                found = unknown(problem.construct)
            if found.verdict is Outcome.REFUTED:
                return replace(found, checked=checked)
            if found.verdict is Outcome.UNKNOWN:
                doubts.append(found.construct)
        if doubts:
            return unknown("; ".join(dict.fromkeys(doubts)), checked)
        return Proof(Outcome.PROVED, checked=checked)

    def _parts(self) -> Iterator[Part]:
        """Yield each Allow that the old document may not have, with the statements that have an action in common with it."""
        allows = [
            (Use(one, granted if self.resource else None), _signature(one)) for one in self.new.statements if one.allow
        ]
        olds = _allows(self.old, resource=self.resource)
        own = self._own_right()
        denies = {_signature(one): Use(one, denied) for one in self.new.statements if not one.allow}
        old_denies = {_signature(one): Use(one, denied) for one in self.old.statements if not one.allow}
        lifted = {mark: use for mark, use in old_denies.items() if mark not in denies}
        asked = [use for use, mark in allows if lifted or mark not in olds] + (list(own) if lifted else [])
        for use in asked:
            near = [[one for one in each if _near(use.statement.actions, one.statement.actions)]
                    for each in (denies.values(), (*olds.values(), *own), lifted.values())]  # fmt: skip
            yield from _narrowed(Part(use, *map(tuple, near)))

    def _own_right(self) -> tuple[Use, ...]:
        bare = self.resource and not self.trust
        return tuple(Use(one, of_right) for one in _own_right().statements) if bare else ()

    def _asked(self, part: Part) -> Proof:
        """Answer one question; one about variables is asked again with values filled in, in search of a request that refutes."""
        found = self._searched(part, {}, everyone if self.resource else holders)
        if found.verdict is not Outcome.UNKNOWN:
            return found
        statements = [one.statement for one in part.uses]
        for known, askers in assignments(statements, everyone if self.resource else holders):
            tried = self._searched(part, known, askers)
            if tried.verdict is Outcome.REFUTED:
                return tried
        return found

    def _searched(self, part: Part, known: Known, askers: object) -> Proof:
        """Look for a request about an ARN first; then, if that can make a difference, about none, or a name with wildcards."""
        wanted = part.allow.statement.actions
        resources = wide_resources(filled_resources(part.allow.statement.resources, known))
        bounds = () if resources.everything or resources.excluded else (resource_union(resources),)
        scope = Scope(
            () if wanted.excluded else (actions_union(wanted),),
            (ROLES,) if self.trust else bounds,
            askers,  # type: ignore[arg-type]
            known,
            never=NEVER,
        )
        scopes = [scope]
        if _hangs_on_resources(part):
            scopes.append(replace(scope, no_arn=True))
        for one in scopes:
            found = self._settled(part, Space(part.uses, one, cross=self.resource))
            if found.verdict is not Outcome.PROVED:
                return found
        if any(names_wildcards(one.statement.resources) for one in part.uses):
            space = Space(part.uses, replace(scope, wild=True), cross=self.resource)
            if any(True for _ in _remaining(part, space)):
                return unknown(UNNAMEABLE)
        return Proof(Outcome.PROVED)

    def _settled(self, part: Part, space: Space) -> Proof:
        """Return a refutation that the evaluator confirms, or why none of those found can be confirmed."""
        doubt, second = "", None
        boxes = 0
        for box in islice(_remaining(part, space), BOXES):
            boxes += 1
            doubt = doubt or space.doubt(box)
            for request, asker in requests(space, box, self.layer):
                found = self.replay.confirmed(request, asker)
                if found is not None and found.plain:
                    return found.proof
                second = second or found
            if second is not None and boxes > BOXES // 8:
                break
        if second is not None:
            return second.proof
        if not boxes:
            return Proof(Outcome.PROVED)
        return unknown(doubt or "a request that the evaluator does not confirm")


def _narrowed(part: Part) -> Iterator[Part]:
    """Yield the question for each group of actions that all other statements treat alike, without those that miss the group."""
    others = part.uses[1:]
    for some, relations in groups(part.allow.statement.actions, [one.statement.actions for one in others], SPECIAL):
        lie = dict(zip(map(id, others), relations, strict=True))

        def about(uses: Sequence[Use], lie: Mapping[int, Relation] = lie) -> tuple[Use, ...]:
            near = (one for one in uses if lie[id(one)] is not Relation.APART)
            return tuple(_of_all(one) if lie[id(one)] is Relation.WITHIN else one for one in near)

        allow = replace(part.allow, statement=replace(part.allow.statement, actions=some))
        yield Part(allow, about(part.denies), about(part.old_allows), about(part.old_denies))


def _of_all(use: Use) -> Use:
    """Return the statement as if it were about every action, which within the question it is."""
    return replace(use, statement=replace(use.statement, actions=EVERY_ACTION))


def _remaining(part: Part, space: Space) -> Iterator[Box]:
    """Yield boxes of requests that the Allow takes in, no Deny strikes, and the old document does not allow."""
    ends = [1, 1 + len(part.denies), 1 + len(part.denies) + len(part.old_allows)]
    start, boxes = space.boxes[0], space.boxes
    if start is None:
        return
    denies = [one for one in boxes[ends[0] : ends[1]] if one is not None]
    allows = [one for one in boxes[ends[1] : ends[2]] if one is not None]
    lifted = [one for one in boxes[ends[2] :] if one is not None]
    cutter = Cutter(space.whole)
    for piece in cutter.left(start, [*space.never, *denies]):
        yield from cutter.left(piece, allows)
        yield from (both for one in lifted if (both := meet(piece, one)) is not None)


def _allows(policy: Policy, *, resource: bool) -> Mapping[object, Use]:
    return {_signature(one): Use(one, granted if resource else None) for one in policy.statements if one.allow}


@cache
def _own_right() -> Policy:
    return parse(OWN_RIGHT, Layer.RESOURCE)


def _signature(one: Statement) -> object:
    """Return what makes two statements the same, wherever they stand and whatever they are called."""
    named = one.principals and (
        one.principals.excluded,
        one.principals.everyone,
        one.principals.canonical,
        one.principals.names,
    )
    actions = (one.actions.excluded, frozenset(each.lower() for each in one.actions.written))
    found = one.resources
    resources = (found.excluded, found.everything, frozenset(each.text for each in found.patterns),
                 frozenset(each.parts for each in found.templates))  # fmt: skip
    return named, actions, resources, frozenset(clause(each, {}).signature for each in one.conditions)


def _near(one: Actions, other: Actions) -> bool:
    """Say whether two Action elements may have an action in common, by the services that they name."""
    mine, theirs = one.services(), other.services()
    return mine is None or theirs is None or not mine.isdisjoint(theirs)


def _hangs_on_resources(part: Part) -> bool:
    """Say whether what is no ARN may fare otherwise than every ARN."""
    first = part.allow.statement.resources
    return first.everything is not first.excluded and any(
        not one.statement.resources.everything or one.statement.resources.excluded for one in part.uses
    )
