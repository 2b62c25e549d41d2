"""How users and roles that administer nothing get to administer the account, for controls to ask."""

from hexward.iam.paths.account import AccountView, sources
from hexward.iam.paths.catalogue import path_of
from hexward.iam.paths.graph import build, known_ids
from hexward.iam.paths.people import ADMINISTRATION
from hexward.iam.paths.search import ADMINISTRATORS, Route, route_of
from hexward.inventory import Derived, Inventory, Listing, NotCollected, Record
from hexward.inventory.record import record
from hexward.model import Gap, Reason


@record
class Escalation(Derived):
    """A user or role and its shortest known path to administration, in steps; None if it has none, or administers the account anyway.

    A gap says what was not seen and may open one. Policies of the organisation that were not seen forbid nothing.
    """

    steps: tuple[str, ...] | None

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds that paths are worked out from."""
        return sources()

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Search the whole account once."""
        view = AccountView(inventory)
        graph = build(view)
        surely = graph.towards(ADMINISTRATION, graph.backwards(certain=True))
        perhaps = graph.towards(ADMINISTRATION, graph.backwards(certain=False))
        found: list[Record] = []
        for arn, who in view.principals.items():
            known: dict[str, object] = {}
            gaps: dict[str, Gap] = {}
            node = (arn, "")
            if node in graph.administrators:
                known["steps"] = None
            elif node in surely:
                known["steps"] = _steps(route_of(graph, arn, ADMINISTRATORS, surely))
            elif node in perhaps:
                doubts = route_of(graph, arn, ADMINISTRATORS, perhaps).doubts
                gaps["steps"] = Gap(Reason.NOT_COLLECTED, "; ".join(doubts), resource=arn)
            elif view.listing.gaps:
                gaps["steps"] = view.listing.gaps[0].gap
            else:
                known["steps"] = None
            found.append(cls.partial(gaps, arn=arn, account=who.account, region=who.region, **known))
        return Listing(tuple(found), tuple(NotCollected(cls.__name__, gap.gap) for gap in view.listing.gaps))


def _steps(route: Route) -> tuple[str, ...]:
    """Say each step but the last, which is to be an administrator: `role/deploy by sagemaker-001`."""
    told = []
    for hop in route.hops:
        name = hop.ways[0].paths[0]
        if name in known_ids():
            target = hop.target[0].rpartition(":")[2]
            told.append(f"{path_of(name).title.lower()} ({target}, {name})")
    return tuple(told)
