"""Runs every detection over the events that lie beside this file: those that it must hit and those that it must miss."""

import pytest

from hexward.detections import detections
from tests.detections.overlay import alerts_of, examples, file_of

KINDS = ("hits", "misses")
EXAMPLES = [
    pytest.param(detection, kind, overlays, id=f"{detection.id}-{kind}-{place}")
    for detection in detections()
    if file_of(detection).is_file()
    for kind in KINDS
    for place, overlays in enumerate(examples(detection, kind), start=1)
]


@pytest.mark.parametrize(("detection", "kind", "overlays"), EXAMPLES)
def test_a_detection_hits_what_it_should_and_misses_the_rest(detection, kind, overlays):
    found = alerts_of(detection, overlays)
    assert bool(found) is (kind == "hits"), found
