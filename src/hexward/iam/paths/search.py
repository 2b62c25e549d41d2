"""The question and its answer: which principals reach which goals, by which shortest route, and what could not be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hexward.iam.paths.account import AccountView, Way, sources
from hexward.iam.paths.graph import Graph, build
from hexward.iam.paths.jewels import Goal, Sort, Treasure, jewels
from hexward.iam.paths.people import ADMINISTRATION, Target
from hexward.inventory import (
    AccountPublicAccess,
    Bucket,
    Inventory,
    Model,
    NotCollected,
    PublicEntry,
    Record,
    Stage,
    Workload,
)

ADMINISTRATORS = Goal(Sort.ADMINISTRATION, ADMINISTRATION[0], "administration of the account")


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a route, with all ways to take it, the surest and shortest first."""

    source: Target
    target: Target
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A shortest route from a source to a goal; `doubts` says what is not known of it, if anything."""

    source: str
    goal: Goal
    hops: tuple[Hop, ...]

    @property
    def doubts(self) -> tuple[str, ...]:
        """What is not known of its steps."""
        return tuple(dict.fromkeys(hop.ways[0].doubt for hop in self.hops if hop.ways[0].doubt))


@dataclass(frozen=True, slots=True)
class Search:
    """What was found: routes that hold, routes that hold if what is not known is so, and what could not be seen at all."""

    view: AccountView
    graph: Graph
    goals: tuple[Goal, ...]
    sources: tuple[str, ...]
    routes: tuple[Route, ...]
    doubtful: tuple[Route, ...]
    unseen: tuple[NotCollected, ...]


def _goals(view: AccountView) -> list[Goal]:
    goals = [ADMINISTRATORS, *jewels(view.inventory)[0]]
    known = {goal.arn for goal in goals}
    goals += [Goal(Sort.BUCKET, b.arn, b.name) for b in view.inventory.of(Bucket).records if b.arn not in known]
    goals += [Goal(Sort.PRINCIPAL, arn, _own_name(view, arn)) for arn in view.principals]
    return goals


def _own_name(view: AccountView, arn: str) -> str:
    return arn.partition(f"::{view.number}:")[2]


def goals_named(view: AccountView, name: str) -> tuple[Goal, ...]:
    """Return the goals that a text may mean: `administration`, the one of an ARN, or all jewels, buckets, users and roles of a name."""
    goals = _goals(view)
    exact = [goal for goal in goals if goal.arn == name]
    named = (goal for goal in goals if name in {goal.name, goal.name.rpartition("/")[2]})
    return tuple(exact[:1] or {goal.arn: goal for goal in named}.values())


def goal_names(view: AccountView) -> tuple[str, ...]:
    """Return the names of all goals, those of users and roles with and without what they are."""
    names = [goal.arn if goal is ADMINISTRATORS else goal.name for goal in _goals(view)]
    return tuple(dict.fromkeys((*names, *(name.rpartition("/")[2] for name in names))))


def source_names(found: Search) -> tuple[str, ...]:
    """Return the names of all sources in the account, with and without what they are."""
    names = [_own_name(found.view, arn) for arn in found.view.principals]
    return (*names, *(name.rpartition("/")[2] for name in names))


def sources_named(view: AccountView, graph: Graph, name: str) -> tuple[str, ...]:
    """Return the ARNs, or entries of policies, of the sources that a text means."""
    inside = [arn for arn in view.principals if name in {arn, _own_name(view, arn), arn.rpartition("/")[2]}]
    outside = [arn for arn, _ in sorted(graph.outside) if name == arn or f"::{name}:" in arn]
    return (*inside, *outside)


def kinds() -> tuple[type[Record], ...]:
    """Return every kind that a search looks at."""
    return tuple(dict.fromkeys((*sources(), Model, AccountPublicAccess, *PublicEntry.sources_of())))


def search(inventory: Inventory, to: Goal | None = None, source: str | None = None) -> Search:
    """Find the routes from every principal, or those that `source` names, to the crown jewels and administration, or to one goal."""
    view = AccountView(inventory)
    found, unseen = jewels(inventory)
    goals = (ADMINISTRATORS, *found) if to is None else (to,)
    graph = build(view, [goal for goal in goals if goal.sort not in {Sort.ADMINISTRATION, Sort.PRINCIPAL}])
    starts = _everyone(view, graph) if source is None else sources_named(view, graph, source)
    routes: list[Route] = []
    doubtful: list[Route] = []
    certain, possible = graph.backwards(certain=True), graph.backwards(certain=False)
    for goal in goals:
        node = (goal.arn, "")
        surely, perhaps = graph.towards(node, certain), graph.towards(node, possible)
        meant = _meant(view, goal)
        for start in starts:
            if start == goal.arn:
                continue
            for after, into in ((surely, routes), (perhaps, doubtful)):
                if (start, "") in after:
                    route = route_of(graph, start, goal, after)
                    if not (
                        len(route.hops) == 1 and start in meant and route.hops[0].ways[0].paths[0] in {"read", "invoke"}
                    ):
                        into.append(route)
                    break
    # What else may be a jewel is of no matter to a question about one.
    missed = (*(unseen if to is None else ()), *view.limits.unseen, *view.listing.gaps)
    return Search(view, graph, goals, starts, _sorted(routes), _sorted(doubtful), missed)


def _everyone(view: AccountView, graph: Graph) -> tuple[str, ...]:
    """Return every source that does not administer the account anyway."""
    inside = (arn for arn in view.principals if (arn, "") not in graph.administrators)
    return (*inside, *(arn for arn, _ in sorted(graph.outside)))


def _meant(view: AccountView, goal: Goal) -> frozenset[str]:
    """Return the roles that use a goal by design: those of the workloads that name the bucket, or that serve answers."""
    if goal.sort in {Sort.TRAINING_DATA, Sort.MODELS, Sort.BUCKET}:
        return Treasure(view, goal).meant()
    if goal.sort is not Sort.ENDPOINT:
        return frozenset()
    serving = (one for one in view.inventory.of(Workload).records if one.known().get("stage") is Stage.INFER)
    return frozenset(arn for one in serving if "roles" in one.known() for arn in one.role_arns)


def route_of(graph: Graph, start: str, goal: Goal, after: Mapping[Target, Target]) -> Route:
    """Follow the shortest steps from a source to a goal."""
    hops: list[Hop] = []
    here: Target = (start, "")
    while here != (goal.arn, ""):
        there = after[here]
        hops.append(Hop(here, there, graph.edges[here][there]))
        here = there
    return Route(start, goal, tuple(hops))


def _sorted(routes: Iterable[Route]) -> tuple[Route, ...]:
    order = list(Sort)
    return tuple(
        sorted(
            routes,
            key=lambda one: (order.index(one.goal.sort), one.goal.name, len(one.hops), one.hops[0].target, one.source),
        )
    )
