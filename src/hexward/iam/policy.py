"""Compiled policies: frozen statements, and sets of policies in which the statements about an action are found at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from hexward.iam import glob
from hexward.iam.condition import Condition
from hexward.iam.doubt import Answer, Doubt
from hexward.iam.match import Actions, Resources, Target
from hexward.iam.principal import Principals
from hexward.iam.variables import Context

REMEMBERED = 4_096
"""Actions whose statements a set remembers before it starts afresh."""


class Layer(StrEnum):
    """The kinds of policy, each of which can block a request; `NONE` blocks nothing."""

    SCP = "scp"
    RCP = "rcp"
    BOUNDARY = "boundary"
    SESSION = "session"
    ENDPOINT = "endpoint"
    RESOURCE = "resource"
    IDENTITY = "identity"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Statement:
    """One compiled statement; `at` is its position in the policy."""

    at: int
    sid: str
    allow: bool
    principals: Principals | None
    actions: Actions
    resources: Resources
    conditions: tuple[Condition, ...]

    def applies(self, wanted: Target, context: Context) -> Answer:
        """Say whether resource and conditions are met; action and principal are looked at by the caller of this."""
        answer = self.resources.match(wanted, context, allow=self.allow)
        if answer is False:
            return False
        for condition in self.conditions:
            holds = condition.holds(context)
            if holds is False:
                return False
            if holds is not True:
                answer = holds
        return answer


@dataclass(frozen=True, slots=True)
class Policy:
    """One compiled document."""

    layer: Layer
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement that decided a request: in which of the policies handed in it stands, and where there."""

    policy: str
    statement: int | None
    """None for a KMS grant, which has no statements."""
    sid: str
    effect: str

    def __str__(self) -> str:
        """Return `identity[0].Statement[2] (ReadWeights)`."""
        place = "" if self.statement is None else f".Statement[{self.statement}]"
        return f"{self.policy}{place}" + (f" ({self.sid})" if self.sid else "")


type Placed = tuple[Statement, str]
type Found = tuple[tuple[Placed, ...], tuple[Placed, ...]]
"""The Deny and the Allow statements about one action, each with the name of its policy."""

NOTHING: Found = ((), ())
"""What a set says to an action of a service that it does not speak of."""


def cite(placed: Placed) -> Cited:
    """Return the citation of a statement."""
    statement, policy = placed
    return Cited(policy, statement.at, statement.sid, "Allow" if statement.allow else "Deny")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Several policies of one kind that count as one, indexed by the service prefix of the actions they speak of."""

    placed: tuple[Placed, ...]
    services: dict[str, tuple[Placed, ...]]
    others: tuple[Placed, ...]
    found: dict[str, Found] = field(default_factory=dict)

    def about(self, action: str) -> Found:
        """Return the statements whose Action covers an action, or an action pattern, in lower case."""
        known = self.found.get(action)
        if known is None:
            known = self._search(action)
            # Most sets speak of few services and are asked about many: silence on a service is found as soon as remembered.
            if known is not NOTHING:
                if len(self.found) >= REMEMBERED:
                    self.found.clear()
                self.found[action] = known
        return known

    def _search(self, action: str) -> Found:
        if glob.wild(action):
            hits = [(one, where) for one, where in self.placed if _means_all(one, action)]
        else:
            near = self.services.get(action.partition(":")[0], self.others)
            if not near:
                return NOTHING
            hits = [(one, where) for one, where in near if one.actions.match(action)]
        denies = tuple(placed for placed in hits if not placed[0].allow)
        return denies, tuple(placed for placed in hits if placed[0].allow)


def _means_all(statement: Statement, action: str) -> bool:
    """Say whether a statement covers an action pattern; a Deny that might is taken to do so."""
    answer = statement.actions.match_all(action)
    return not statement.allow if isinstance(answer, Doubt) else answer


def shelf(policies: Iterable[tuple[Policy, str]]) -> Shelf:
    """Index policies, each with its name in citations."""
    placed = tuple((statement, name) for policy, name in policies for statement in policy.statements)
    prefixes = [one.actions.services() for one, _ in placed]
    every = frozenset().union(*(found for found in prefixes if found is not None))
    services = {
        service: tuple(one for one, found in zip(placed, prefixes, strict=True) if found is None or service in found)
        for service in every
    }
    others = tuple(one for one, found in zip(placed, prefixes, strict=True) if found is None)
    return Shelf(placed, services, others)
