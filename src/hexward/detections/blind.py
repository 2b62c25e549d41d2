"""Which detections could not have seen anything, and why: silence of theirs means nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hexward.detections.detection import Detection
from hexward.events import ASSET_FIELDS, BASELINE_FIELDS, COUNTRY_FIELDS, DataSource

SHOWN = 3
"""How many detections are named that lack the same."""


@dataclass(frozen=True, slots=True)
class Blind:
    """A detection that could not see, and what it lacked."""

    detection: str
    lacks: str


def blind(
    detections: Iterable[Detection],
    seen: Collection[DataSource],
    *,
    has_baseline: bool,
    has_assets: bool,
    has_countries: bool = False,
) -> tuple[Blind, ...]:
    """Return the blind detections, sorted by what they lack and by id."""
    lacking = [
        (names, lacks)
        for names, lacks, has in (
            (BASELINE_FIELDS, "no baseline", has_baseline),
            (ASSET_FIELDS.keys(), "no audit", has_assets),
            (COUNTRY_FIELDS.keys(), "no database of countries", has_countries),
        )
        if not has
    ]
    found = []
    for one in detections:
        wanted = [f"no event of {one.data_source.value}"] if one.data_source not in seen else []
        wanted += [lacks for names, lacks in lacking if one.asks & names]
        if wanted:
            found.append(Blind(one.id, wanted[0]))
    return tuple(sorted(found, key=lambda one: (one.lacks, one.detection)))


def by_lack(found: Iterable[Blind]) -> tuple[str, ...]:
    """Tell in a line for each lack how many detections were blind for it, and the first of them."""
    lacking: dict[str, list[str]] = defaultdict(list)
    for one in found:
        lacking[one.lacks].append(one.detection)
    return tuple(f"{lacks}: {_several(ids)} blind" for lacks, ids in lacking.items())


def _several(ids: list[str]) -> str:
    if len(ids) == 1:
        return f"{ids[0]} was"
    if len(ids) <= SHOWN:
        return f"{', '.join(ids[:-1])} and {ids[-1]} were"
    return f"{len(ids)} detections, such as {', '.join(ids[: SHOWN - 1])} and {ids[SHOWN - 1]}, were"
