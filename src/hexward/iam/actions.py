"""The actions that AWS documents, and what the evaluator must know of them; an action that is not listed is no error.

The data is a list of facts: names, and whether an action can be limited to resources. Its source, date and licence stand
in the file itself.
"""

from functools import cache
from importlib.resources import files

import msgspec


class Service(msgspec.Struct, frozen=True):
    """One service's action names, parted by spaces: those with resource types, and those that know no resource but `*`."""

    typed: str
    untyped: str


class Listing(msgspec.Struct, frozen=True):
    """The file: services by prefix, and the prefixes of the services that resource control policies reach."""

    source: str
    date: str
    licence: str
    rcp: frozenset[str]
    services: dict[str, Service]


NONE = Service("", "")


@cache
def listing() -> Listing:
    """Read the file, when it is first needed."""
    return msgspec.json.decode(files("hexward.iam").joinpath("actions.json").read_bytes(), type=Listing)


@cache
def without_resources(service: str) -> frozenset[str]:
    """Return the actions of a service that know no resource but `*`, with their prefix, in lower case."""
    names = listing().services.get(service, NONE).untyped
    return frozenset(f"{service}:{name.lower()}" for name in names.split())


@cache
def actions_of(service: str) -> tuple[str, ...]:
    """Return the names of a service's actions, with their prefix; none for a service that is not known."""
    known = listing().services.get(service, NONE)
    return tuple(sorted(f"{service}:{name}" for name in f"{known.typed} {known.untyped}".split()))


def under_rcps() -> frozenset[str]:
    """Return the prefixes of the services whose resources resource control policies limit.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    return listing().rcp
