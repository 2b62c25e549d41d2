"""`hexward explain`: the pages of controls and of detections."""

import pytest

from hexward import controls
from hexward.detections import detections


def test_no_detection_is_called_as_a_control():
    assert not {one.id for one in detections()} & set(controls.ids())


@pytest.mark.parametrize("detection", detections(), ids=lambda one: one.id)
def test_a_detection_tells_what_it_tells_and_when_else(detection, hexward):
    code, out, err = hexward("explain", detection.id)
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert detection.title in said
    assert " ".join(detection.description.split()) in said
    assert ", ".join(detection.tags) in said
    assert ("a baseline" in said.partition("Needs: ")[2]) == detection.needs_baseline
