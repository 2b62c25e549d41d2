"""The graph: who can become whom, and who reaches what, with the shortest route for each."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from hexward.iam.document import ALL
from hexward.iam.doubt import Answer, Doubt
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.paths.account import AccountView, Way
from hexward.iam.paths.catalogue import catalogue, path_of
from hexward.iam.paths.effective import Effective
from hexward.iam.paths.jewels import Goal, Treasure
from hexward.iam.paths.people import ADMINISTRATION, FREED, JOINED, RAISED, People, Target
from hexward.iam.paths.steps import Steps
from hexward.iam.paths.strangers import from_outside
from hexward.iam.principals import Principal, grants
from hexward.inventory import Group, NotCollected

BLIND = "unseen policies"
"""Stands for a path where a principal's own policies were not seen: it may do anything."""


ADMINISTER = (("unheard-of:AnyAction", "*"),)
"""What an administrator may do, and nobody whose policies name services."""


@dataclass
class Graph:
    """Edges from each node to others and to goals, each with its ways; certain ways come first."""

    edges: dict[Target, dict[Target, tuple[Way, ...]]] = field(default_factory=dict)
    nodes: dict[Target, Effective] = field(default_factory=dict)
    outside: set[Target] = field(default_factory=set)
    """Other accounts and their principals, and everyone."""
    administrators: set[Target] = field(default_factory=set)
    blind: dict[str, str] = field(default_factory=dict)
    """Why the policies of a principal are not known, by its ARN."""

    def backwards(self, *, certain: bool, without: Iterable[tuple[Target, Target]] = ()) -> dict[Target, list[Target]]:
        """Return from where each node is reached; without the edges that are in doubt, if only what is certain counts."""
        removed = set(without)
        back: dict[Target, list[Target]] = {}
        for source, targets in self.edges.items():
            for target, ways in targets.items():
                if (source, target) not in removed and not (certain and ways[0].doubt):
                    back.setdefault(target, []).append(source)
        return back

    def towards(self, goal: Target, back: Mapping[Target, list[Target]]) -> dict[Target, Target]:
        """Return for each node that reaches a goal the next node on a shortest route; administrators are not walked through to data."""
        after: dict[Target, Target] = {}
        queue = deque([goal])
        while queue:
            here = queue.popleft()
            for source in back.get(here, ()):
                if source not in after and source != goal:
                    after[source] = here
                    if source not in self.administrators or goal == ADMINISTRATION:
                        queue.append(source)
        return after


def build(view: AccountView, goals: Iterable[Goal] = ()) -> Graph:
    """Walk from every principal, and from what it could become, to every role, user and goal."""
    return _Builder(view, tuple(goals)).build()


class _Builder:
    def __init__(self, view: AccountView, goals: tuple[Goal, ...]) -> None:
        self.view = view
        self.graph = Graph()
        self.treasures = tuple(Treasure(view, goal) for goal in goals)

    def build(self) -> Graph:
        todo: deque[Target] = deque()
        for one in self.view.principals.values():
            self._add((one.arn, ""), lambda one=one: one, todo)  # type: ignore[misc]
        while todo:
            node = todo.popleft()
            for target, ways in self._walk(node).items():
                self._edge(node, target, ways)
                if target not in self.graph.nodes and target != ADMINISTRATION and target[0] not in self.graph.blind:
                    self._add(target, lambda target=target: self._variant(target), todo)  # type: ignore[misc]
        self._last_steps()
        self._outsiders()
        return self.graph

    def _add(self, node: Target, who: Callable[[], Principal], todo: deque[Target]) -> None:
        try:
            effective = self._effective(who())
            administers = effective.administers()
        except (NotCollected, PolicyError, RequestError) as problem:
            why = " ".join(str(problem).split())[:200]
            self.graph.blind[node[0]] = why
            self._edge(node, ADMINISTRATION, [Way((BLIND,), doubt=why)])
            return
        self.graph.nodes[node] = effective
        if administers is True:
            self.graph.administrators.add(node)
            self._edge(node, ADMINISTRATION, [Way(("administer",), asks=ADMINISTER)])
            return
        if isinstance(administers, Doubt):
            self._edge(node, ADMINISTRATION, [Way(("administer",), asks=ADMINISTER, doubt=administers.construct)])
        todo.append(node)

    def _effective(self, who: Principal) -> Effective:
        """Return a principal under its limits; a user without a second factor may be able to set one up."""
        own = self.view.own_keys(who.arn)
        free = Effective(who, self.view.limits)
        enrols = bool(own) and free.may("iam:EnableMFADevice", who.arn) is not False
        return free if enrols or not own else Effective(who, self.view.limits, own)

    def _edge(self, node: Target, target: Target, ways: Iterable[Way]) -> None:
        targets = self.graph.edges.setdefault(node, {})
        targets[target] = tuple(sorted((*targets.get(target, ()), *ways), key=_ease))

    def _walk(self, node: Target) -> dict[Target, list[Way]]:
        who = self.graph.nodes[node]
        out: dict[Target, list[Way]] = {(arn, ""): ways for arn, ways in Steps(self.view, who).edges().items()}
        people = People(self.view, who)
        for (arn, mark), ways in people.edges().items():
            target = (arn, mark)
            if arn == who.arn:
                target = (arn, " ".join(dict.fromkeys(part for part in (node[1], mark) if part)))
                if target == node or RAISED in node[1].split(" "):
                    continue
            out.setdefault(target, []).extend(ways)
        return out

    def _variant(self, target: Target) -> Principal:
        """Return a principal as it is after what was done to its policies."""
        arn, mark = target
        who = self.view.principals[arn]
        known = who.known()
        marks = mark.split(" ")
        if FREED in marks:
            known["boundary"] = None
        if RAISED in marks:
            known["identity"] = (ALL,)
        elif JOINED.strip() in marks:
            name = marks[marks.index(JOINED.strip()) + 1]
            known["identity"] = (*who.identity, *self._of_group(name))
        return Principal.partial(who.gaps, arn=who.arn, account=who.account, region=who.region, **known)

    def _of_group(self, name: str) -> Iterator[str]:
        for group in self.view.inventory.by(Group, "name", name):
            yield from (grant.document for grant in grants(self.view.inventory, group))

    def _last_steps(self) -> None:
        direct = [self._readers(treasure) for treasure in self.treasures]
        for node, who in self.graph.nodes.items():
            steps = Steps(self.view, who)
            for treasure, readers in zip(self.treasures, direct, strict=True):
                ways = list(treasure.ways(steps, readers))
                if ways:
                    self._edge(node, (treasure.goal.arn, ""), ways)
        for treasure in self.treasures:
            for arn, why in self.graph.blind.items():
                self._edge((arn, ""), (treasure.goal.arn, ""), [Way((BLIND,), doubt=why)])

    def _readers(self, treasure: Treasure) -> dict[str, Answer]:
        """Return which roles read a bucket by themselves, key and all."""
        found: dict[str, Answer] = {}
        for (arn, mark), who in self.graph.nodes.items():
            if treasure.bucket is None or mark or arn not in self.view.roles:
                continue
            ways = [way for way in treasure.own(who) if way.paths[0] == "read"]
            if ways:
                found[arn] = Doubt(ways[0].doubt) if ways[0].doubt else True
        return found

    def _outsiders(self) -> None:
        for source, target, way in from_outside(self.view, self.treasures):
            node = (source, "")
            self.graph.outside.add(node)
            self._edge(node, (target, ""), [way])


def _ease(way: Way) -> tuple[bool, bool, int]:
    """Order ways: what is certain first, then rights that need no path, then what takes fewer calls."""
    return way.doubt != "", way.paths[0] in known_ids(), len(way.asks)


def asked(way: Way, target: Target) -> tuple[tuple[str, str], ...]:
    """Return all that a step asks of the caller, the passing of the role too, which is not written along with each way to one."""
    passes = any(name in known_ids() and path_of(name).passes for name in way.paths)
    if passes and all(action != "iam:PassRole" for action, _ in way.asks):
        return (("iam:PassRole", target[0]), *way.asks)
    return way.asks


@cache
def known_ids() -> frozenset[str]:
    """Return the ids of all paths."""
    return frozenset(path.id for path in catalogue().paths)
