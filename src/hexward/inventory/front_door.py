"""The public front door of AI: the load balancers, APIs, distributions and addresses by which the internet reaches models.

An entry is AI's where it hands requests to a function that is an AI workload, or to SageMaker or Bedrock themselves, where it leads to
another such entry, or where its tag `workload` says so (as of functions). Custom domain names and VPC links are not followed.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import msgspec

from hexward.inventory.elbv2 import TargetGroup
from hexward.inventory.inventory import Derived, Inventory
from hexward.inventory.record import Listing, NotCollected, Record, record
from hexward.inventory.tags import Tags
from hexward.inventory.workloads import Workload


class EntryKind(StrEnum):
    """What an entry is, in words."""

    LOAD_BALANCER = "application load balancer"
    NETWORK_LOAD_BALANCER = "network load balancer"
    REST_API = "REST API"
    HTTP_API = "HTTP API"
    DISTRIBUTION = "distribution"
    FUNCTION_URL = "function's address"


class Door(msgspec.Struct, frozen=True):
    """A part of an entry that a web ACL can stand before: a stage of a REST API, by name, or the whole, without one."""

    name: str
    web_acl_arn: str | None


class OpenRoute(msgspec.Struct, frozen=True):
    """A route of an API that asks for no authorisation. `method` may be ANY; `sure` is False where it may not lead to AI."""

    method: str
    path: str
    api_key: bool
    sure: bool


@record
class PublicEntry(Derived):
    """An entry; its ARN is that of the load balancer, API, distribution or function.

    `open_routes` are the routes of an API that lead to AI, `policy` is that of a REST API; other entries have none.
    """

    name: str
    sort: EntryKind
    doors: tuple[Door, ...]
    open_routes: tuple[OpenRoute, ...]
    policy: str | None
    tags: Tags | None

    @property
    def web_acl_arns(self) -> tuple[str, ...]:
        """Return the ARNs of the web ACLs before it. Raises NotCollected if they were not read."""
        return tuple(dict.fromkeys(door.web_acl_arn for door in self.doors if door.web_acl_arn is not None))

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds that can be entries, and those that tell what is AI's."""
        return tuple(dict.fromkeys((*MAKERS, TargetGroup, *Workload.sources_of())))

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Put together every entry, with a gap for each thing of which it is not known whether it is one."""
        found: list[Record] = []
        gaps: list[NotCollected] = []
        for kind, make in MAKERS.items():
            listing = inventory.of(kind)
            gaps.extend(NotCollected(cls.__name__, missing.gap) for missing in listing.gaps)
            for one in listing.records:
                try:
                    made = make(inventory, one)
                except NotCollected as missing:
                    gap = msgspec.structs.replace(missing.gap, region=one.region, resource=one.arn)
                    gaps.append(NotCollected(cls.__name__, gap))
                else:
                    found.extend(() if made is None else (made,))
        return Listing(tuple(found), tuple(gaps))


type EntryMaker = Callable[[Inventory, Any], PublicEntry | None]

MAKERS: dict[type[Record], EntryMaker] = {}
"""What makes an entry of a record, by the kind of the record; `entries.py` fills it when the package is imported."""


def entry_maker(kind: type[Record]) -> Callable[[EntryMaker], EntryMaker]:
    """Let a function make entries of a kind of record; it returns None for one that is none, and raises NotCollected if in doubt."""

    def decorate(make: EntryMaker) -> EntryMaker:
        MAKERS[kind] = make
        return make

    return decorate
