"""The promises that hold for every detection."""

import json
import re
import uuid
from collections import Counter
from importlib import resources

import pytest

from hexward.detections import detections, dumps, loads
from hexward.detections.expression import Comparison, Not, comparisons
from hexward.detections.playbooks import PLAYBOOKS
from hexward.model import Severity
from tests.detections.overlay import HERE, examples, file_of

DETECTIONS = detections()
ATTACK = json.loads(resources.files("hexward.detections").joinpath("attack.json").read_text())
every_detection = pytest.mark.parametrize("detection", DETECTIONS, ids=lambda one: one.id)


def test_ids_are_unique():
    for name in ("id", "sigma_id", "title"):
        assert [one for one, times in Counter(getattr(d, name) for d in DETECTIONS).items() if times > 1] == []


def test_every_test_has_its_detection():
    tested = {f"{path.parent.name}.{path.stem}" for path in HERE.glob("*/*.yml")}
    assert tested == {one.id for one in DETECTIONS}


def test_the_compiled_form_says_the_same():
    assert loads(dumps(DETECTIONS)) == DETECTIONS


@every_detection
def test_says_what_it_is(detection):
    assert uuid.UUID(detection.sigma_id).version == 4
    assert 15 <= len(detection.title) <= 90
    assert not detection.title.endswith(".")
    assert len(detection.description) > 60
    assert all(len(one) > 20 for one in detection.false_positives)
    assert detection.false_positives
    assert detection.status in {"test", "stable", "experimental"}


@every_detection
def test_names_tactics_and_techniques_that_exist(detection):
    attack = [tag.removeprefix("attack.") for tag in detection.tags if tag.startswith("attack.")]
    atlas = [tag.removeprefix("atlas.") for tag in detection.tags if tag.startswith("atlas.")]
    assert detection.tactics
    assert set(detection.tactics) <= ATTACK["tactics"].keys()
    assert set(attack) - set(detection.tactics) <= ATTACK["techniques"].keys()
    assert set(atlas) <= ATTACK["atlas"].keys()
    assert set(attack) - set(detection.tactics) or atlas, "names no technique"


@every_detection
def test_is_named_for_an_event_in_snake_case(detection):
    assert re.fullmatch(r"[a-z]+\.[a-z][a-z0-9_]{4,50}", detection.id)


@every_detection
def test_has_events_that_it_hits_and_misses(detection):
    assert file_of(detection).is_file(), "there is no test file"
    assert examples(detection, "hits")
    assert examples(detection, "misses")


@every_detection
def test_reads_the_log_that_its_data_source_is_of(detection):
    assert {rule.log for rule in detection.rules} == {detection.data_source.log}


@every_detection
def test_asks_for_a_playbook_where_somebody_is_woken(detection):
    assert detection.level < Severity.HIGH or detection.playbook in PLAYBOOKS


def test_playbooks_are_named_for_acts():
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)+", name) for name in PLAYBOOKS)
    assert list(PLAYBOOKS) == sorted(PLAYBOOKS)


def negated(expression, *, inverted=False):
    """Yield the comparisons that take events out."""
    if isinstance(expression, Comparison):
        yield from (expression,) if inverted else ()
    elif isinstance(expression, Not):
        yield from negated(expression.of, inverted=not inverted)
    else:
        for part in expression.of:
            yield from negated(part, inverted=inverted)


@every_detection
def test_leaves_no_session_out_because_it_looks_like_a_machines(detection):
    """Whoever takes a role names the session, and may name it `i-0317f6c6b66ae9c40` or `SageMaker`."""
    for rule in detection.rules:
        kinds = [one for one in comparisons(rule.expression) if one.field == "hexward.principal_kind"]
        assert all("machine" in one.values for one in kinds if "role" in one.values)
        assert not any(
            "machine" in one.values for one in negated(rule.expression) if one.field == "hexward.principal_kind"
        )
        assert not any(one.field == "hexward.platform" for one in negated(rule.expression))


def values_of(rule, field):
    return {str(value) for one in comparisons(rule.expression) if one.field == field for value in one.values}


@pytest.mark.parametrize(
    "detection", [one for one in DETECTIONS if one.id.endswith("_refused")], ids=lambda one: one.id
)
def test_a_call_that_is_told_when_it_is_refused_is_told_when_it_succeeds(detection):
    of_success = [
        rule
        for other in DETECTIONS
        for rule in other.rules
        if other is not detection and "errorCode" in {one.field for one in negated(rule.expression)}
    ]
    sources = {source for rule in detection.rules for source in values_of(rule, "eventSource")}
    told = {
        name for rule in of_success for name in values_of(rule, "eventName") if values_of(rule, "eventSource") & sources
    }
    assert {name for rule in detection.rules for name in values_of(rule, "eventName")} <= told
