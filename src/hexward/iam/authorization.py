"""What AWS documents of IAM actions: access level, resources, condition keys, what else they need. An unknown name is no error.

The facts stand in `authorization.zip`, one member for each service, which `data/authorization.py` writes; a service is read when it is
first asked about. Sources, dates and licences are in the file. Services and actions may be newer than it: what is not in it may exist.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from zipfile import ZipFile

FOLDER = "services/"
AT_ONCE = 64
"""How many services are kept; what an audit asks about is some 40."""


class Level(StrEnum):
    """What an action does to resources.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
    """

    LIST = "List"
    READ = "Read"
    TAGGING = "Tagging"
    WRITE = "Write"
    PERMISSIONS = "Permissions management"


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of resources that an action can be limited to, and how their ARNs look: `arn:${Partition}:s3:::${BucketName}`.

    `required`: each request concerns one; of several that are not, AWS does not tell which a request concerns. `keys` are the
    condition keys that AWS lists for the action on such a resource, or for every action on one, sorted.
    """

    kind: str
    arn: str
    required: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """An action as AWS documents it, its name with the prefix and in AWS's spelling.

    No `resources`: only statements whose Resource is `*` allow it. `keys` are the condition keys of the action whatever it is done
    to, sorted; all of its keys are those and its resources'. A part of a key that the caller chooses is written `${TagKey}` or
    `<key>`. Keys that all services know (`aws:SourceIp`) are listed only where AWS does so. `dependents` are the actions that the
    caller must be allowed too for all that the action can do; None where that is not known, as of actions that are newer.
    """

    name: str
    level: Level
    resources: tuple[Resource, ...]
    keys: tuple[str, ...]
    dependents: tuple[str, ...] | None


class About(msgspec.Struct, frozen=True):
    """Where the facts are from: packages with their versions, and dates (`2026-09-26`); and the services that RCPs reach."""

    date: str
    source: str
    dependents_date: str
    dependents_source: str
    rcp: frozenset[str]


class Use(msgspec.Struct, frozen=True, array_like=True):
    """A kind of resources, as an action's row lists it."""

    kind: str
    required: bool
    keys: tuple[str, ...]


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An action in the file."""

    level: Level
    uses: tuple[Use, ...]
    keys: tuple[str, ...]
    dependents: tuple[str, ...] | None


class Kind(msgspec.Struct, frozen=True, array_like=True):
    """A kind of resources in the file."""

    arn: str
    keys: tuple[str, ...]


class Service(msgspec.Struct, frozen=True):
    """One service: its full name, its actions and kinds of resources by name, and the type of each condition key."""

    name: str
    actions: dict[str, Entry]
    resources: dict[str, Kind]
    keys: dict[str, str]


NONE = Service("", {}, {}, {})


@cache
def about() -> About:
    """Return where the facts are from."""
    return msgspec.json.decode(_archive().read("about.json"), type=About)


@cache
def services() -> frozenset[str]:
    """Return the prefixes of all services."""
    names = _archive().namelist()
    return frozenset(name.removeprefix(FOLDER).removesuffix(".json") for name in names if name.startswith(FOLDER))


def name_of(service: str) -> str:
    """Return a service's full name; an empty text for one that is not known."""
    return _service(service).name


@cache
def actions_of(service: str) -> tuple[str, ...]:
    """Return the names of a service's actions, with their prefix, sorted; none for a service that is not known."""
    return tuple(sorted(f"{service}:{name}" for name in _service(service).actions))


@cache
def without_resources(service: str) -> frozenset[str]:
    """Return the actions of a service that know no resource but `*`, with their prefix, in lower case."""
    known = _service(service).actions
    return frozenset(f"{service}:{name.lower()}" for name, entry in known.items() if not entry.uses)


def documented(action: str) -> Action | None:
    """Return what AWS documents of an action (`s3:GetObject`, in any case); None for one that is not known."""
    prefix, _, wanted = action.lower().partition(":")
    service = _service(prefix)
    for name, entry in service.actions.items():
        if name.lower() == wanted:
            resources = tuple(_resource(service, use) for use in entry.uses)
            return Action(f"{prefix}:{name}", entry.level, resources, entry.keys, entry.dependents)
    return None


def condition_keys(service: str) -> Mapping[str, str]:
    """Return the type of each condition key that a service's actions or resources list, its own and others'.

    The types are AWS's: String, Numeric, Bool, Date, ARN, IPAddress, and ArrayOfString, ArrayOfARN, ArrayOfBool for keys with many values.
    """
    return MappingProxyType(_service(service).keys)


def under_rcps() -> frozenset[str]:
    """Return the prefixes of the services whose resources resource control policies limit.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    return about().rcp


def _resource(service: Service, use: Use) -> Resource:
    kind = service.resources[use.kind]
    return Resource(use.kind, kind.arn, use.required, tuple(sorted({*use.keys, *kind.keys})))


@lru_cache(AT_ONCE)
def _service(prefix: str) -> Service:
    if prefix not in services():
        return NONE
    return msgspec.json.decode(_archive().read(f"{FOLDER}{prefix}.json"), type=Service)


@cache
def _archive() -> "ZipFile":
    """Open the file, when it is first needed; from memory, so that threads and forked processes share no place in it."""
    from zipfile import ZipFile  # noqa: PLC0415  (4 ms, which a decision that needs no facts need not take)

    return ZipFile(BytesIO(files("hexward.iam").joinpath("authorization.zip").read_bytes()))
