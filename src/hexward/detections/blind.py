"""Which detections could not have seen anything, and why: silence of theirs means nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from hexward.detections.detection import CorrelationType, Detection
from hexward.detections.possible import rest
from hexward.events import ASSET_FIELDS, BASELINE_FIELDS, COUNTRY_FIELDS, FIELDS, DataSource, Log
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
        if missing := _missing(one, flow_fields):
            wanted.append(f"no flow log with {missing}")
        wanted += [lacks for names, lacks in lacking if one.asks & names]
        if wanted:
            found.append(Blind(one.id, wanted[0]))
    return tuple(sorted(found, key=lambda one: (one.lacks, one.detection)))


def _missing(detection: Detection, flow_fields: Collection[str]) -> str:
    """Tell the fields without which a detection cannot alert, of those that no flow log had; an empty text if there are none."""
    of_flows = [rule.asks for rule in detection.rules if rule.log is Log.VPC_FLOW]
    asked = frozenset().union(*of_flows, {detection.correlation.field} if detection.correlation is not None else ())
    missing = sorted(asked - FIELDS.keys() - {*flow_fields, ""})
    if not of_flows or not _never_alerts(detection, missing):
        return ""
    alone = [field for field in missing if _never_alerts(detection, [field])]
    return " and ".join(alone) or " or ".join(missing)


def _never_alerts(detection: Detection, missing: Collection[str]) -> bool:
    """Say whether a detection cannot alert where flow logs have not these fields."""
    one = detection.correlation
    never = [
        rule.log is Log.VPC_FLOW
        and any(
            (
                rest(rule.expression, dict.fromkeys(missing)) is False,
                rule.often is not None and rule.often.field in missing,
                one is not None and one.field in missing,
            )
        )
        for rule in detection.rules
    ]
    return any(never) if one is not None and one.type is CorrelationType.TEMPORAL_ORDERED else all(never)


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
