"""A statement of many actions as few questions: patterns that every other statement covers, or misses, alike are asked about together.

AWS's own policies have a thousand patterns in one statement, most of which stand in both documents. Whether one pattern covers another
is only looked at here as far as it can be seen at once; what cannot be seen is left to the classes of texts.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from hexward.iam import glob
from hexward.iam.match import Actions, actions

WILD = "*?"


class Relation(Enum):
    """How a pattern of actions lies to an Action element."""

    WITHIN = 1
    APART = 2
    UNSEEN = 3


@dataclass(frozen=True, slots=True)
class Indexed:
    """The patterns of an Action element in lower case, by the service that they name; the empty text stands for all of them."""

    excluded: bool
    by_service: dict[str, tuple[str, ...]]

    def relation(self, pattern: str) -> Relation:
        """Say how a pattern in lower case lies to the element."""
        service = _service(pattern)
        near = self.by_service.get("", ())
        near += (
            self.by_service.get(service, ())
            if service
            else tuple(one for each in self.by_service.values() for one in each)
        )
        if any(_covers(one, pattern) for one in near):
            return Relation.APART if self.excluded else Relation.WITHIN
        if all(_apart(one, pattern) for one in near):
            return Relation.WITHIN if self.excluded else Relation.APART
        return Relation.UNSEEN


def indexed(element: Actions) -> Indexed:
    """Index an Action element."""
    by_service: dict[str, list[str]] = {}
    for one in {each.lower() for each in element.written}:
        by_service.setdefault(_service(one), []).append(one)
    return Indexed(element.excluded, {service: tuple(found) for service, found in by_service.items()})


def groups(
    element: Actions, others: list[Actions], special: Collection[str]
) -> Iterator[tuple[Actions, tuple[Relation, ...]]]:
    """Yield parts of an Action element, each with the relation in which all of it lies to the others.

    Where nothing is unseen, one pattern stands for all of a part; but for a special action, of which no document decides in all cases:
    it stands for itself alone.
    """
    if element.excluded:
        yield element, (Relation.UNSEEN,) * len(others)
        return
    near = [indexed(one) for one in others]
    found: dict[tuple[Relation, ...], list[str]] = {}
    for pattern in dict.fromkeys(one.lower() for one in element.written):
        found.setdefault(tuple(one.relation(pattern) for one in near), []).append(pattern)
    for relations, patterns in found.items():
        # A pattern without wildcards shows an action by its name.
        patterns.sort(key=glob.wild)
        ordinary = [one for one in patterns if one not in special]
        apart = [one for one in patterns if one in special]
        some = patterns if Relation.UNSEEN in relations else ordinary[:1] + apart
        yield actions(tuple(some), excluded=False), relations


def _service(pattern: str) -> str:
    service = pattern.partition(":")[0]
    return "" if any(one in service for one in WILD) else service


def _covers(wide: str, pattern: str) -> bool:
    """Say whether it can be seen that one pattern takes in another: a `*` swallows wildcards, a `?` may not."""
    if wide == pattern or not wide.strip("*"):
        return True
    if "?" in wide and any(one in pattern for one in WILD):
        return False
    return bool(glob.matcher(wide)(pattern))


def _apart(one: str, other: str) -> bool:
    """Say whether it can be seen that two patterns have no text in common: they begin otherwise."""
    heads = (_head(one), _head(other))
    if all(head == pattern for head, pattern in zip(heads, (one, other), strict=True)):
        return one != other
    if heads[0] == one:
        return not glob.matcher(other)(one)
    if heads[1] == other:
        return not glob.matcher(one)(other)
    return not (heads[0].startswith(heads[1]) or heads[1].startswith(heads[0]))


def _head(pattern: str) -> str:
    ends = [at for one in WILD if (at := pattern.find(one)) >= 0]
    return pattern[: min(ends)] if ends else pattern
