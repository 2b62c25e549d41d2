"""The known paths: what each takes, on what, and what it gains; `catalogue.yaml` holds them."""

from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec
import yaml

ANY = "*"
"""Stands for a resource that the caller chooses, where it need not be one that another action names too."""

OF_TARGET = frozenset({"role", "user", "group", "policy", "self", "bucket", "key"})
"""Words for the target itself, or for what belongs to it: they name no kind of thing."""


class Category(StrEnum):
    """What a path is about; the words of pathfinding.cloud, and `data`."""

    NEW = "new-passrole"
    """A role is passed to something that the caller makes or changes."""
    EXISTING = "existing-passrole"
    """Something that exists runs under the role, and does what the caller says."""
    PRINCIPAL = "principal-access"
    """The credentials of another user or role."""
    SELF = "self-escalation"
    """More rights of one's own."""
    DATA = "data"
    """Data, without a permission on the data itself."""


class Thing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of thing: how its ARNs look, whether the inventory holds it, and which service its role trusts."""

    arn: str
    collected: bool = False
    trusted: str = ""


class Path(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One way: all of `do` must be allowed, each action on its resource.

    `to` is the value of `iam:PassedToService`. `needs` is a thing that must exist although no action names it; `unknown` says what
    no inventory tells. `if_` is what must hold of the user; `who` is the sort of principal that can go the way.
    """

    id: str
    by: str
    category: Category
    title: str
    do: dict[str, str]
    to: str = ""
    trusted: str = ""
    gains: str = ""
    was: str = ""
    needs: str = ""
    unknown: str = ""
    who: str = ""
    if_: str = msgspec.field(name="if", default="")
    raises: bool = False
    frees: bool = False
    joins: bool = False

    @property
    def derived(self) -> bool:
        """Say whether it follows from AWS's documentation, and nobody published it."""
        return self.by == "derived"

    @property
    def passes(self) -> bool:
        """Say whether the caller hands over a role."""
        return "iam:PassRole" in self.do

    @property
    def service(self) -> str:
        """The service that the role must trust."""
        return self.trusted or self.to

    @property
    def source(self) -> str:
        """The page that shows it, or for a derived one the reference of all actions."""
        return catalogue().sources[self.by].format(id=self.id)

    def on(self, *words: str) -> tuple[tuple[str, str], ...]:
        """Return the actions on some of these words, each with its word."""
        return tuple((action, word) for action, word in self.do.items() if word in words)


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: where the paths stand written, kinds of things, the paths, and what is left out with the reason."""

    sources: dict[str, str]
    things: dict[str, Thing]
    paths: tuple[Path, ...]
    left_out: dict[str, str]
    without_gain: dict[str, str]

    def of(self, category: Category) -> tuple[Path, ...]:
        """Return the paths of a category."""
        return tuple(path for path in self.paths if path.category is category)


@cache
def catalogue() -> Catalogue:
    """Read the file, when it is first needed."""
    # The loader in C is ten times as quick, and not everywhere.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files(__package__).joinpath("catalogue.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.load(text, loader), Catalogue)  # noqa: S506  (both are safe loaders)


@cache
def path_of(name: str) -> Path:
    """Return the path of an id. Raises KeyError."""
    return {path.id: path for path in catalogue().paths}[name]
