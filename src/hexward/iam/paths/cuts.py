"""Which single change removes most paths, and the fewest changes that remove them all.

A change takes one policy from one principal, or closes one step. Both are found by taking it out and looking what is still reached.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hexward.iam.paths.effective import Effective
from hexward.iam.paths.graph import asked
from hexward.iam.paths.jewels import LENT
from hexward.iam.paths.people import ADMINISTRATION, Target
from hexward.iam.paths.providers import BY_PROVIDER
from hexward.iam.paths.search import Route, Search
from hexward.iam.paths.strangers import ENTRY, EVERYONE
from hexward.iam.principals import Grant, grants
from hexward.inventory import NotCollected

MOST = 12
"""Changes after which no smallest cut is looked for: it would not be a short list any more."""
TRIED = 60
"""Changes that are tried, those on most shortest routes first."""


@dataclass(frozen=True, slots=True)
class Change:
    """Taking a policy from a principal (`policy` is its number in the principal's list), or closing a step to a target."""

    source: Target
    policy: int | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Choke:
    """A change, and how many pairs of a source and a goal have no path left after it."""

    change: Change
    removes: int


type Arc = tuple[object, object]
type Ask = tuple[str, str]
"""An action and its resource."""


@dataclass
class Cuts:
    """Works out changes for one search."""

    found: Search
    _without: dict[tuple[Target, int], Effective] = field(default_factory=dict)
    _needed: dict[tuple[Target, int, Ask], bool] = field(default_factory=dict)
    _leads: dict[Target, dict[Target, Target]] | None = None
    _kills: dict[Arc, frozenset[int]] = field(default_factory=dict)

    def chokes(self, most: int = 5) -> tuple[Choke, ...]:
        """Return the changes that remove most pairs, the strongest first."""
        used: Counter[Change] = Counter()
        for route in self.found.routes:
            for hop in route.hops:
                used[Change(hop.source, target=hop.target)] += 1
                for policy in self.kills(hop.source, hop.target):
                    used[Change(hop.source, policy=policy)] += 1
        likeliest = sorted(used, key=lambda one: (-used[one], one.policy is None, str(one)))[:TRIED]
        chokes = [Choke(change, self._removed(change)) for change in likeliest]
        chokes.sort(key=lambda one: (-one.removes, one.change.policy is None, str(one.change)))
        kept: list[Choke] = []
        for one in chokes:
            # Closing a step adds nothing to say where a policy of the same principal does as much.
            if one.removes and all(
                one.change.source != other.change.source or one.removes > other.removes for other in kept
            ):
                kept.append(one)
        return tuple(kept[:most])

    def _removed(self, change: Change) -> int:
        graph = self.found.graph
        if change.target is not None:
            without = {(change.source, change.target)}
        else:
            targets = graph.edges[change.source]
            without = {(change.source, one) for one in targets if change.policy in self.kills(change.source, one)}
        back = graph.backwards(certain=True, without=without)
        left: dict[Target, Mapping[Target, Target]] = {}
        count = 0
        for route in self.found.routes:
            goal = (route.goal.arn, "")
            if goal not in left:
                left[goal] = graph.towards(goal, back)
            count += (route.source, "") not in left[goal]
        return count

    def kills(self, source: Target, target: Target) -> frozenset[int]:
        """Return the policies of a principal without which it cannot take a step, whichever way."""
        if (source, target) not in self._kills:
            ways = self.ways(source, target)
            found: frozenset[int] = frozenset()
            if source in self.found.graph.nodes and not source[1] and ways:
                found = frozenset.intersection(*(self._needs(source, asks) for asks in ways))
            self._kills[source, target] = found
        return self._kills[source, target]

    def leading(self, source: Target) -> list[Target]:
        """Return where a principal gets in one step of those that lead to a goal of some route, surely."""
        if self._leads is None:
            graph = self.found.graph
            back = graph.backwards(certain=True)
            self._leads = {
                goal: graph.towards(goal, back) for goal in dict.fromkeys((r.goal.arn, "") for r in self.found.routes)
            }
        return [
            target
            for target in self.found.graph.edges.get(source, {})
            if any(self._leads_to(goal, target, leads) for goal, leads in self._leads.items())
        ]

    def _leads_to(self, goal: Target, target: Target, leads: Mapping[Target, Target]) -> bool:
        """Say whether a step to a target is one to a goal; administrators are a goal of their own."""
        aside = target in self.found.graph.administrators and goal != ADMINISTRATION
        return target == goal or (target in leads and not aside)

    def ways(self, source: Target, target: Target) -> list[tuple[Ask, ...]]:
        """Return what each sure way of a step asks for."""
        return [asked(way, target) for way in self.found.graph.edges[source][target] if not way.doubt]

    def _needs(self, source: Target, asks: Iterable[Ask]) -> frozenset[int]:
        policies = range(len(self.found.graph.nodes[source].who.identity))
        return frozenset(at for at in policies if any(self.needs(source, at, ask) for ask in asks))

    def needs(self, source: Target, at: int, ask: Ask) -> bool:
        """Say whether a principal is surely refused something without one of its policies: no other gives it, nor the thing's own."""
        if (source, at, ask) not in self._needed:
            self._needed[source, at, ask] = self._refused(source, at, ask)
        return self._needed[source, at, ask]

    def _refused(self, source: Target, at: int, ask: Ask) -> bool:
        who, (action, resource) = self.found.graph.nodes[source], ask
        if (source, at) not in self._without:
            held = who.who.identity
            self._without[source, at] = who.holding((*held[:at], *held[at + 1 :]))
        try:
            policy = self.found.view.policy_on(action, resource)
        except NotCollected:
            return False
        tags = self.found.view.tags_on(resource)
        without = self._without[source, at].may(action, resource, tags=tags, policy=policy)
        return without is False and who.may(action, resource, tags=tags, policy=policy) is not False

    def cheapest(self, routes: Iterable[Route]) -> tuple[Change, ...]:
        """Return the fewest changes that close all of some routes' goals to their sources; none where more than a few are needed."""
        wanted = tuple(routes)
        arcs, changes = self._arcs(wanted)
        flow: Counter[Arc] = Counter()
        for _ in range(MOST + 1):
            way = _augmenting(arcs, changes, flow)
            if way is None:
                return tuple(dict.fromkeys(changes[arc] for arc in _cut(arcs, changes, flow)))
            for arc in way:
                if flow[arc[1], arc[0]]:
                    flow[arc[1], arc[0]] -= 1
                else:
                    flow[arc] += 1
        return ()

    def _arcs(self, routes: tuple[Route, ...]) -> tuple[dict[object, list[object]], dict[Arc, Change]]:
        """Return the graph from the sources to the goals, each principal parted from its policies; arcs that are changes carry one path."""
        graph = self.found.graph
        back = graph.backwards(certain=True)
        arcs: dict[object, list[object]] = {"from": list(dict.fromkeys((route.source, "") for route in routes))}
        changes: dict[Arc, Change] = {}
        for goal in dict.fromkeys((route.goal.arn, "") for route in routes):
            leads = graph.towards(goal, back)
            arcs.setdefault(goal, []).append("to")
            for source in leads:
                self._arcs_of(source, goal, leads, arcs, changes)
        return arcs, changes

    def _arcs_of(
        self, source: Target, goal: Target, leads: Mapping[Target, Target],
        arcs: dict[object, list[object]], changes: dict[Arc, Change],
    ) -> None:  # fmt: skip
        for target, ways in self.found.graph.edges[source].items():
            if not self._leads_to(goal, target, leads) or ways[0].doubt:
                continue
            policy = min(self.kills(source, target), default=None)
            begin: object = source
            if policy is not None:
                begin = (source, policy)
                changes[source, begin] = Change(source, policy=policy)
                if begin not in arcs.setdefault(source, []):
                    arcs[source].append(begin)
            if target not in arcs.setdefault(begin, []):
                arcs[begin].append(target)
            if not source[1]:
                changes[begin, target] = Change(source, target=target)


def _augmenting(
    arcs: Mapping[object, list[object]], changes: Mapping[Arc, Change], flow: Counter[Arc]
) -> list[Arc] | None:
    """Return the arcs of a path that carries one more, or None."""
    came = _reach(arcs, changes, flow)
    if "to" not in came:
        return None
    way: list[Arc] = []
    here: object = "to"
    while here != "from":
        way.append((came[here], here))
        here = came[here]
    return way


def _reach(
    arcs: Mapping[object, list[object]], changes: Mapping[Arc, Change], flow: Counter[Arc]
) -> dict[object, object]:
    came: dict[object, object] = {"from": "from"}
    queue: deque[object] = deque(["from"])
    carried: dict[object, list[object]] = {}
    for begin, end in +flow:
        carried.setdefault(end, []).append(begin)
    while queue:
        here = queue.popleft()
        ahead = [there for there in arcs.get(here, ()) if not ((here, there) in changes and flow[here, there])]
        for there in (*ahead, *carried.get(here, ())):
            if there not in came:
                came[there] = here
                queue.append(there)
    return came


def _cut(arcs: Mapping[object, list[object]], changes: Mapping[Arc, Change], flow: Counter[Arc]) -> list[Arc]:
    near = _reach(arcs, changes, flow)
    return [arc for arc in changes if arc[0] in near and arc[1] not in near]


def words(found: Search, change: Change) -> str:
    """Say a change in words."""
    if change.target is not None:
        return _closing(found, change.source, change.target)
    who = label(found, change.source)
    try:
        grant = grant_of(found, change)
    except NotCollected:
        return f"take its policies from {who}"
    policy = grant.policy.partition(":policy/")[2]
    inline = f"the inline policy {grant.name}" if grant.name else "an inline policy"
    name = policy.rpartition("/")[2] if policy else inline
    if grant.group:
        return f"take {who} out of the group {grant.group}, which holds {name}"
    return f"take {name} from {who}" if policy else f"narrow {name} of {who}"


def _closing(found: Search, source: Target, target: Target) -> str:
    who, what = label(found, source), label(found, target)
    if source not in found.graph.outside:
        grant = lent(found, source, target)
        return (
            f"revoke the grant {grant} of {who} on the key of {what}"
            if grant
            else f"close the step from {who} to {what}"
        )
    word = found.graph.edges[source][target][0].paths[0]
    if word in BY_PROVIDER:
        return f"bind whom {who} lets into {what}"
    if word == ENTRY:
        return f"have {what} ask for credentials"
    return f"keep {who if source[0] != EVERYONE else "all but the account's own"} out of {what}"


def lent(found: Search, source: Target, target: Target) -> str:
    """Return the id of the grant by which alone a step decrypts, whichever sure way it goes; empty if there is none such."""
    through = {way.through if LENT in way.paths else "" for way in found.graph.edges[source][target] if not way.doubt}
    return through.pop().removeprefix("grant ") if len(through) == 1 else ""


def grant_of(found: Search, change: Change) -> Grant:
    """Return the policy that a change takes from a principal. Raises NotCollected."""
    arn = change.source[0]
    owner = found.view.users.get(arn) or found.view.roles[arn]
    return list(grants(found.view.inventory, owner))[change.policy or 0]


def label(found: Search, target: Target) -> str:
    """Return a short name of a node: `role/train`, `account 999988887777`, `brightwell-weights`, and what was done to it."""
    arn, mark = target
    if arn == "*":
        return "anyone"
    own = arn.partition(f"::{found.view.number}:")[2]
    name = next((goal.name for goal in found.goals if goal.arn == arn), "") or own
    if not name:
        account = arn.split(":")[4] if arn.endswith(":root") else arn
        name = f"account {account}" if account.isdecimal() else arn
    return f"{name} ({mark})" if mark else name
