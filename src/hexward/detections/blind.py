"""Which detections could not have seen anything, and why: silence of theirs means nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hexward.detections.detection import Detection
from hexward.detections.expression import comparisons
from hexward.events import ASSET_FIELDS, DataSource


@dataclass(frozen=True, slots=True)
class Blind:
    """A detection that could not see, and what it lacked."""

    detection: str
    lacks: str


def blind(
    detections: Iterable[Detection], seen: Collection[DataSource], *, has_baseline: bool, has_assets: bool
) -> tuple[Blind, ...]:
    """Return the blind detections, sorted by what they lack and by id."""
    found = [
        Blind(one.id, lacks)
        for one in detections
        if (lacks := _lacks(one, seen, has_baseline=has_baseline, has_assets=has_assets))
    ]
    return tuple(sorted(found, key=lambda one: (one.lacks, one.detection)))


def _lacks(detection: Detection, seen: Collection[DataSource], *, has_baseline: bool, has_assets: bool) -> str:
    if detection.data_source not in seen:
        return f"no event of {detection.data_source.value}"
    if detection.needs_baseline and not has_baseline:
        return "no baseline"
    asks = {test.field for rule in detection.rules for test in comparisons(rule.expression)}
    return "no audit" if asks & ASSET_FIELDS.keys() and not has_assets else ""
