"""Whether a data store or a secret belongs to AI, told once for all controls.

It does where a tag says so: `workload` or `stage` with a stage of a model's life, or a class of data that is not public, since whoever
classes data in an account that is audited for AI means the data to be judged. It does too where an AI function of the same region names
it in its environment. A permission to reach it never counts, and neither does a name that sounds like AI.
"""

from functools import partial
from typing import Protocol

from hexward.inventory.inventory import Inventory
from hexward.inventory.lambda_ import Function
from hexward.inventory.lambda_workloads import STAGES
from hexward.inventory.record import either, exists
from hexward.inventory.region import within
from hexward.inventory.sensitivity import CLASSES, class_of
from hexward.inventory.tags import Tags
from hexward.inventory.workloads import is_workload

TAGS = ("stage", "workload")
"""Tag keys, in lower case, that tell a stage."""


class Told(Protocol):
    """What tells whether a thing belongs to AI: where it is, its tags, and the texts by which functions may name it."""

    @property
    def region(self) -> str:
        """Return its region."""

    @property
    def tags(self) -> Tags | None:
        """Return its tags."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return its names."""


def belongs_to_ai(inventory: Inventory, one: Told) -> bool:
    """Say whether a data store or a secret belongs to AI. Raises NotCollected where that hangs on something that was not seen."""
    return either(lambda: told_by_tags(one.tags), lambda: _named_by_ai(inventory, one))


def told_by_tags(tags: Tags | None) -> bool:
    """Say whether tags tell a stage of AI, or a class of data that is not public."""
    stages = (value for key, value in (tags or {}).items() if key.lower() in TAGS)
    return class_of(tags) not in {None, CLASSES[0]} or any(value.lower() in STAGES for value in stages)


def _named_by_ai(inventory: Inventory, one: Told) -> bool:
    return either(*(partial(_named, inventory, name, one.region) for name in one.names))


def _named(inventory: Inventory, name: str, region: str) -> bool:
    functions = within(inventory.by(Function, "stores_named", name), region)
    return exists(functions, lambda function: is_workload(inventory, function.arn))
