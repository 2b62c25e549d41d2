"""Patterns: matching, meeting and covering, each against a plain recursive definition."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.iam import arn, glob
from hexward.iam.doubt import Doubt

TEXTS = ["".join(letters) for size in range(5) for letters in itertools.product("ab", repeat=size)]
PATTERNS = st.text(alphabet="ab*?", max_size=6)


def like(pattern, text):
    if not pattern:
        return not text
    if pattern[0] == "*":
        return like(pattern[1:], text) or bool(text and like(pattern, text[1:]))
    return bool(text) and pattern[0] in {"?", text[0]} and like(pattern[1:], text[1:])


@given(PATTERNS)
def test_a_pattern_matches_as_its_definition_says(pattern):
    matches = glob.matcher(glob.from_policy(pattern))
    assert [text for text in TEXTS if matches(text)] == [text for text in TEXTS if like(pattern, text)]


@given(st.text(max_size=12))
def test_a_literal_matches_itself_alone(text):
    pattern = glob.literal(text)
    assert glob.matcher(pattern)(text)
    assert not glob.wild(pattern)
    assert not glob.matcher(pattern)(text + "x")
    assert glob.plain(pattern) == text


@given(st.text(alphabet="ab*?\\", max_size=8), st.text(alphabet="ab*?\\", max_size=8))
def test_literal_and_wild_parts_stand_side_by_side(wild, text):
    assert glob.matcher(glob.literal(text) + glob.from_policy(wild + "*"))(text + wild)


def whole(pattern):
    return f"arn:aws:s3:::{pattern}"


@given(PATTERNS, PATTERNS)
def test_two_patterns_meet_if_some_text_matches_both(one, other):
    meets = arn.intersect(whole(one), whole(other))
    assert meets or not any(like(one, text) and like(other, text) for text in TEXTS)
    assert arn.intersect(whole(other), whole(one)) is meets
    if meets:
        longer = ("".join(letters) for size in range(13) for letters in itertools.product("ab", repeat=size))
        assert any(like(one, text) and like(other, text) for text in longer)


@given(PATTERNS, st.lists(PATTERNS, min_size=1, max_size=3))
def test_a_pattern_is_covered_if_all_that_it_matches_match_another(one, others):
    """Texts of eight letters tell such short patterns apart; `c` stands for every letter that no pattern names."""
    covered = arn.covered(whole(one), [whole(other) for other in others])
    texts = ("".join(letters) for size in range(9) for letters in itertools.product("abc", repeat=size))
    assert covered is all(any(like(other, text) for other in others) for text in texts if like(one, text))


@pytest.mark.parametrize(
    ("one", "other", "meets", "covered"),
    [
        ("arn:*", "arn:aws:s3:::b", True, False),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b*", True, True),
        ("arn:aws:s3:::b*", "arn:aws:s3:::b/*", True, False),
        ("arn:aws:s3:::b", "arn:aws:s3:b", False, False),
        ("arn:aws:sqs:*:1:q", "arn:aws:sqs:us-*:1:q", True, False),
        ("arn:aws:sqs:us-east-1:1:q:x", "arn:aws:sqs:*:q:x", False, False),
        ("arn:aws:s3:::a*?", "arn:aws:s3:::a?*", True, True),
        ("arn:aws:s3:::*a*b", "arn:aws:s3:::*a?*", True, True),
        (r"arn:aws:s3:::a\*", "arn:aws:s3:::a*", True, True),
        ("arn:aws:s3:::a*", r"arn:aws:s3:::a\*", True, False),
    ],
)
def test_fields_bound_the_wildcards_of_both_patterns(one, other, meets, covered):
    assert arn.intersect(one, other) is meets
    assert arn.covered(one, [other]) is covered


def test_a_question_too_hard_to_answer_is_in_doubt():
    others = [whole("??*"), whole("?"), whole("*a" + "?" * 20)]
    assert arn.covered(whole("?*"), others[:2]) is True
    assert isinstance(arn.covered(whole("?*"), others), Doubt)
    assert arn.covered(whole("*a" + "?" * 20), others[2:]) is True
