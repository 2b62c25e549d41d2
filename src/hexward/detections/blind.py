"""Which detections could not have seen anything, and why: silence of theirs means nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from hexward.detections.detection import CorrelationType, Detection
from hexward.detections.possible import rest
from hexward.events import ASSET_FIELDS, BASELINE_FIELDS, COUNTRY_FIELDS, FIELDS, DataSource
from hexward.events.baseline import Baseline
from hexward.events.usual import is_mature

OF_MATURE = BASELINE_FIELDS - {"hexward.region_new", "hexward.times_usual"}
"""What a baseline tells only of principals that it knows well enough."""
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
    baseline: Baseline | None,
    has_assets: bool,
    has_countries: bool = False,
    flow_fields: Collection[str] = (),
) -> tuple[Blind, ...]:
    """Return the blind detections, sorted by what they lack and by id; `flow_fields` are those that VPC flow logs had."""
    lacking = [
        (names, lacks)
        for names, lacks, has in (
            *_unlearned(baseline),
            (frozenset(ASSET_FIELDS), "no audit", has_assets),
            (frozenset(COUNTRY_FIELDS), "no database of countries", has_countries),
        )
        if not has
    ]
    found = []
    for one in detections:
        wanted = [f"no event of {one.data_source.value}"] if one.data_source not in seen else []
        if not wanted and one.data_source is DataSource.VPC_FLOW and (missing := _missing(one, flow_fields)):
            wanted += [f"no flow log with {' and '.join(missing)}"]
        wanted += [lacks for names, lacks in lacking if one.asks & names]
        if wanted:
            found.append(Blind(one.id, wanted[0]))
    return tuple(sorted(found, key=lambda one: (one.lacks, one.detection)))


def _missing(detection: Detection, flow_fields: Collection[str]) -> list[str]:
    """Return the fields without which a detection cannot alert, of those that flow logs had not."""
    missing = {field: None for field in sorted(detection.asks) if field not in flow_fields and field not in FIELDS}
    correlation = detection.correlation
    if correlation is not None and correlation.field in missing:
        return [*missing]
    never = [rest(rule.expression, missing) is False for rule in detection.rules]
    ordered = correlation is not None and correlation.type is CorrelationType.TEMPORAL_ORDERED
    return [*missing] if missing and (any(never) if ordered else all(never)) else []


def _unlearned(baseline: Baseline | None) -> Iterator[tuple[frozenset[str], str, bool]]:
    """Yield the fields that a baseline may not be able to tell, why not, and whether it can."""
    yield BASELINE_FIELDS, "no baseline", baseline is not None
    if baseline is not None:
        yield BASELINE_FIELDS, "a baseline that learned of nobody", bool(baseline.principals)
        mature = any(is_mature(one, baseline.until) for one in baseline.principals.values())
        yield OF_MATURE, "a baseline in which nobody was seen long and often enough", mature


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
