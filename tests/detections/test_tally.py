"""Sifting hits takes none away that is a part of an alert, however a log is cut into parts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.detections import tally
from hexward.detections.alerts import alerts
from hexward.detections.detection import Correlation, CorrelationType, Detection, Rule
from hexward.detections.expression import All
from hexward.detections.hit import Hit
from hexward.detections.tally import Tally, sifted
from hexward.events import Log
from hexward.model import Severity

ANYTHING = All(())


def detection(name: str, at_least: float, rules: int = 1) -> Detection:
    correlation = Correlation(CorrelationType(name), ("x",), 10, at_least, "x" if name.startswith("value") else "")
    named = tuple(Rule(str(place), Log.CLOUDTRAIL, ANYTHING) for place in range(rules))
    return Detection(f"trail.{name}", name, Severity.LOW, named, correlation)


DETECTIONS = (
    Detection("trail.single", "single", Severity.LOW, (Rule("", Log.CLOUDTRAIL, ANYTHING),)),
    detection("event_count", 3),
    detection("value_count", 3),
    detection("value_sum", 1.5),
    detection("temporal_ordered", 0, 3),
)


@st.composite
def hits(draw: st.DrawFn) -> list[Hit]:
    def one(place: int) -> Hit:
        number = draw(st.integers(0, 4))
        rule = draw(st.integers(0, 2)) if number == 4 else 0
        value = draw(st.sampled_from(["", "0.1", "0.5", "0.7", "many"]))
        return Hit(
            draw(st.integers(0, 60_000)),
            f"e{place % 25}",
            number,
            rule,
            "ana",
            "1",
            "eu",
            "",
            draw(st.sampled_from("ab")),
            value,
        )

    return [one(place) for place in range(draw(st.integers(0, 40)))]


@given(hits(), st.integers(1, 5))
@settings(deadline=None, max_examples=400)
def test_the_alerts_of_sifted_hits_are_those_of_all(found, parts):
    counted = Tally(DETECTIONS)
    for part in range(parts):
        own = Tally(DETECTIONS)
        own.add(found[part::parts])
        counted.merge(own)
    expected = list(alerts(sorted(found), DETECTIONS))
    assert list(alerts(sorted(sifted(found, counted)), DETECTIONS)) == expected


def test_what_cannot_become_an_alert_is_left_out():
    found = [Hit(second * 30_000, f"e{second}", 1, 0, "ana", "1", "eu", "", "a") for second in range(50)]
    counted = Tally(DETECTIONS)
    counted.add(found)
    assert list(sifted(found, counted)) == []


def test_too_many_groups_are_all_taken_to_matter(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tally, "MOST_GROUPS", 3)
    found = [Hit(second, f"e{second}", 1, 0, "ana", "1", "eu", "", str(second)) for second in range(9)]
    counted, own = Tally(DETECTIONS), Tally(DETECTIONS)
    own.add(found)
    counted.merge(own)
    assert list(sifted(found, counted)) == found
