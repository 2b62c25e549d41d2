"""What an audit knows of the account, as far as events ask for it: which bucket holds what, and which role runs what."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from hexward.events.enrich import Assets
from hexward.inventory import Inventory, NotCollected, Stage, Workload


def assets(inventory: Inventory) -> Assets:
    """Read a saved audit. What it could not see is no asset, so that rules about assets say nothing of it."""
    buckets: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, set[str]] = defaultdict(set)
    for one in inventory.of(Workload).records:
        stages = _known(one, lambda one: (one.stage,))
        read = "training_data" if Stage.TRAIN in stages else "model_artifacts" if Stage.INFER in stages else "input"
        written = "model_artifacts" if Stage.TRAIN in stages else "output"
        for bucket in _known(one, lambda one: one.input_buckets):
            buckets[bucket].add(read)
        for bucket in _known(one, lambda one: one.output_buckets):
            buckets[bucket].add(written)
        for role in _known(one, lambda one: one.role_arns):
            roles[role].update(stages)
    return Assets(_sorted(buckets), _sorted(roles))


def _known[T](one: Workload, look: Callable[[Workload], Iterable[T]]) -> tuple[T, ...]:
    try:
        return tuple(look(one))
    except NotCollected:
        return ()


def _sorted(found: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(words)) for name, words in sorted(found.items())}
