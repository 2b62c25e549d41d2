import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.model import Severity, Status
from hexward.report.diff import Change, Row, compare, render_json, render_text, rows, worst
from tests.report.documents import finding


def row(resource: str, status: Status, aspect: str = "", region: str = "us-east-1", says: str = "x") -> Row:
    return Row("network.example", status, "high", resource, region, says, f"{resource}/{aspect}", aspect)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ([row("a", Status.FAIL)], [row("a", Status.FAIL)], Change.SAME),
        ([row("a", Status.FAIL)], [row("a", Status.FAIL, says="reworded")], Change.SAME),
        ([row("a", Status.PASS)], [row("a", Status.FAIL)], Change.REGRESSED),
        ([row("a", Status.PASS)], [row("a", Status.FAIL, "key")], Change.REGRESSED),
        ([], [row("a", Status.FAIL)], Change.NEW),
        ([row("a", Status.UNKNOWN)], [row("a", Status.FAIL)], Change.NEW),
        ([row("a", Status.FAIL)], [row("a", Status.PASS)], Change.FIXED),
        ([row("a", Status.FAIL)], [], Change.FIXED),
        ([row("a", Status.FAIL)], [row("a", Status.UNKNOWN)], Change.UNSEEN),
        ([row("a", Status.FAIL, "key")], [row("a", Status.UNKNOWN)], Change.UNSEEN),
        ([row("a", Status.FAIL)], [row("Bucket/*", Status.UNKNOWN)], Change.UNSEEN),
    ],
)
def test_says_what_became_of_a_fault(before, after, change):
    [changed] = compare(before, after)
    assert changed.change is change


def test_a_kind_unlisted_in_one_region_says_nothing_of_another():
    [changed] = compare([row("a", Status.FAIL)], [row("Bucket/*", Status.UNKNOWN, region="eu-west-1")])
    assert changed.change is Change.FIXED


@pytest.mark.parametrize(
    ("region", "change"),
    [("us-east-1", Change.FIXED), ("eu-west-1", Change.UNSEEN), ("aws-global", Change.FIXED), ("", Change.FIXED)],
)
def test_a_region_that_was_left_out_says_nothing_of_its_faults(region, change):
    [changed] = compare([row("a", Status.FAIL, region=region)], [], ("us-east-1",))
    assert changed.change is change


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(list(Status))), max_size=12, unique_by=lambda p: p[0])
)
def test_a_run_is_the_same_as_itself(pairs):
    rows = [row(name, status) for name, status in pairs]
    assert {c.change for c in compare(rows, rows)} <= {Change.SAME}


def test_only_what_is_new_or_regressed_fails():
    assert worst(compare([], [row("a", Status.FAIL)]), Severity.HIGH)
    assert not worst(compare([], [row("a", Status.FAIL)]), Severity.CRITICAL)
    assert not worst(compare([row("a", Status.FAIL)], [row("a", Status.FAIL)]), Severity.LOW)


def test_the_text_shows_no_control_characters_and_the_json_parses():
    changes = compare([], [row("\x1b[31mx\nnew 99", Status.FAIL)])
    assert "\x1b" not in render_text(changes)
    assert len(render_text(changes).splitlines()) == 6
    assert json.loads(render_json(changes))["counts"]["new"] == 1


def test_findings_keep_their_fingerprints():
    one = finding("arn:a")
    assert rows([one])[0].fingerprint == one.fingerprint
