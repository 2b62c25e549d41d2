"""Sifting hits takes none away that is a part of an alert, however a log is cut into parts."""

from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.detections import spool, tally
from hexward.detections.alerts import alerts
from hexward.detections.detection import Correlation, CorrelationType, Detection, Rule
from hexward.detections.expression import All
from hexward.detections.hit import Hit
from hexward.detections.spool import Packs, unpacked
from hexward.detections.tally import Tally
from hexward.events import Log
from hexward.events.values import cut
from hexward.model import Severity

ANYTHING = All(())
THRICE = Correlation(CorrelationType.EVENT_COUNT, ("x",), 5, 3)


def detection(name: str, at_least: float, rules: int = 1) -> Detection:
    correlation = Correlation(CorrelationType(name), ("x",), 10, at_least, "x" if name.startswith("value") else "")
    named = tuple(Rule(str(place), Log.CLOUDTRAIL, ANYTHING) for place in range(rules))
    return Detection(f"trail.{name}", name, Severity.LOW, named, correlation)


OFTEN = Correlation(CorrelationType.EVENT_COUNT, ("x",), 10, 2)
"""Counts as far back as the whole correlation does, so that a way's hits lie further back than it may."""
DETECTIONS = (
    Detection("trail.single", "single", Severity.LOW, (Rule("", Log.CLOUDTRAIL, ANYTHING),)),
    detection("event_count", 3),
    detection("value_count", 3),
    detection("value_sum", 1.5),
    detection("temporal_ordered", 0, 3),
    Detection(
        "trail.often",
        "often",
        Severity.LOW,
        (Rule("0", Log.CLOUDTRAIL, ANYTHING), Rule("1", Log.CLOUDTRAIL, ANYTHING, THRICE)),
        Correlation(CorrelationType.TEMPORAL_ORDERED, ("x",), 10),
    ),
    Detection(
        "trail.often_between",
        "often between",
        Severity.LOW,
        tuple(Rule(str(place), Log.CLOUDTRAIL, ANYTHING, OFTEN if place == 1 else None) for place in range(3)),
        Correlation(CorrelationType.TEMPORAL_ORDERED, ("x",), 10),
    ),
    Detection(
        "trail.uneven_sum",
        "a sum whose stretches do not fit into its span",
        Severity.LOW,
        (Rule("", Log.CLOUDTRAIL, ANYTHING),),
        Correlation(CorrelationType.VALUE_SUM, ("x",), 15, 1.5, "x"),
    ),
    Detection(
        "trail.often_different",
        "two values, then a hit",
        Severity.LOW,
        (
            Rule("0", Log.CLOUDTRAIL, ANYTHING, Correlation(CorrelationType.VALUE_COUNT, ("x",), 5, 2, "x")),
            Rule("1", Log.CLOUDTRAIL, ANYTHING),
        ),
        Correlation(CorrelationType.TEMPORAL_ORDERED, ("x",), 10),
    ),
)


@st.composite
def hits(draw: st.DrawFn) -> list[Hit]:
    def one(place: int) -> Hit:
        number = draw(st.integers(0, 8))
        rule = draw(st.integers(0, {4: 2, 5: 1, 6: 2, 8: 1}.get(number, 0)))
        value = draw(st.sampled_from(["", "0.1", "0.5", "0.7", "many"]))
        return Hit(
            # Many lie at the very ends of spans.
            draw(
                st.integers(0, 60_000)
                | st.builds(lambda of, off: of * 5_000 + off, st.integers(1, 12), st.integers(-2, 2))
            ),
            number,
            rule,
            f"e{place % 25}",
            "ana",
            "1",
            "eu",
            "",
            draw(st.sampled_from("ab")),
            value,
        )

    return [one(place) for place in range(draw(st.integers(0, 40)))]


def sifted(folder: Path, found: list[Hit], parts: int = 1) -> list[Hit]:
    """Put hits aside in parts, as processes do, and return those that may be a part of an alert."""
    counted = Tally(DETECTIONS)
    files: list[Path] = []
    for part in range(parts):
        own = Tally(DETECTIONS)
        packs = Packs(folder, str(part), own)
        packs.add(found[part::parts])
        packs.close()
        files += packs.files
        counted.merge(own)
    return sorted(unpacked(files, counted.when))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packs")


@given(hits(), st.integers(1, 5))
@settings(deadline=None, max_examples=400)
def test_the_alerts_of_sifted_hits_are_those_of_all(folder, found, parts):
    assert list(alerts(sifted(folder, found, parts), DETECTIONS)) == list(alerts(sorted(found), DETECTIONS))


def test_an_id_hides_no_event_of_another_group():
    copies = [Hit(1_000, 1, 0, "e", "ana", "1", "eu", "", group) for group in "ab"]
    more = [Hit(second * 1_000, 1, 0, f"e{second}", "ana", "1", "eu", "", "b") for second in (2, 3)]
    assert [one.events for one in alerts(sorted([*copies, *copies, *more]), DETECTIONS)] == [("e", "e2", "e3")]


def test_what_cannot_become_an_alert_is_left_out(folder):
    found = [Hit(second * 30_000, 1, 0, f"e{second}", "ana", "1", "eu", "", "a") for second in range(50)]
    assert sifted(folder, found) == []
    # Of the steps of the last one, the second must be there three times.
    steps = [Hit(second, 5, int(second > 0), f"e{second}", "ana", "1", "eu", "", "a") for second in range(3)]
    assert sifted(folder, steps) == []
    more = [*steps, Hit(9, 5, 1, "e9", "ana", "1", "eu", "", "a")]
    assert sifted(folder, more) == more


def test_a_step_of_different_values_needs_them(folder):
    def steps(*values: str) -> list[Hit]:
        tried = [Hit(at, 8, 0, f"e{at}", "ana", "1", "eu", "", "a", value) for at, value in enumerate(values)]
        return [*tried, Hit(9, 8, 1, "e9", "ana", "1", "eu", "", "a")]

    assert sifted(folder, steps("0.1", "", "0.1", "")) == []
    assert sifted(folder, steps("0.1", "", "0.5")) == steps("0.1", "", "0.5")


def test_only_the_times_of_an_alert_matter(folder):
    near = [Hit(second * 1_000, 1, 0, f"e{second}", "ana", "1", "eu", "", "a") for second in (100, 101, 111)]
    far = [Hit(second * 1_000, 1, 0, f"e{second}", "ana", "1", "eu", "", "a") for second in (10, 80, 130, 500)]
    assert sifted(folder, far + near) == near


def test_a_long_value_is_another_than_what_is_written_like_its_digest(folder):
    long = "k" * 3_000
    for other in (cut(long), sha256(long.encode()).hexdigest(), long + "k"):
        found = [
            Hit(at, 2, 0, f"e{at}", "ana", "1", "eu", "", "a", value) for at, value in enumerate((long, other, "x"))
        ]
        assert sifted(folder, found) == found
    groups = [Hit(at, 1, 0, f"e{at}", "ana", "1", "eu", "", long if at % 2 else cut(long)) for at in range(4)]
    assert sifted(folder, groups) == []


@pytest.mark.parametrize("text", ["event", "principal", "account", "region", "says", "group", "value", "targets"])
def test_hits_with_long_texts_are_soon_put_aside(folder, text, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spool, "MOST_HELD", 1_000)
    made = Hit(1, 0, 0, "e", "ana", "1", "eu", "")
    found = []
    for number in range(40):
        long = f"{number}{'x' * 100_000}"
        found.append(msgspec.structs.replace(made, time=number, **{text: (long,) if text == "targets" else long}))
    packs = Packs(folder, f"long-{text}", Tally(DETECTIONS))
    packs.add(found)
    packs.close()
    assert len(packs.files) > 4
    assert sorted(unpacked(packs.files, Tally(DETECTIONS).when)) == found
    spooled = spool.Spool(folder)
    spooled.add(found)
    assert len(spooled.held) < 20
    assert list(spooled.sorted()) == found


def test_too_many_groups_are_all_taken_to_matter(folder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tally, "MOST_GROUPS", 3)
    found = [Hit(second, 1, 0, f"e{second}", "ana", "1", "eu", "", str(second)) for second in range(9)]
    assert sifted(folder, found) == found
