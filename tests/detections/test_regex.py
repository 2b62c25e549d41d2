"""Which regular expressions are read, and that no text keeps one of those busy."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.detections.regex import fault, needed

REPEATED = "repeats a group, which some texts would keep busy for ever"
ADJACENT = "has two repeats that match the same after each other, which some texts would keep busy for ever"
MANY = "has more than 2 repeats that match the same, which some texts would keep busy for ever"
AROUND = "looks around or back, or has flags, which not every engine reads"
TWICE = "repeats a repeat, which not every engine reads"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"(a+)+$", REPEATED),
        (r"(.*a){20}", REPEATED),
        (r"(a|aa)*b", REPEATED),
        (r"(?:a*)*b", REPEATED),
        (r"((a+))+b", REPEATED),
        (r"(?x)(a+) +$", AROUND),
        (r"(?P<x>a)(?P=x)", AROUND),
        (r"a(?=b)", AROUND),
        (r"(?<!a)b", AROUND),
        (r"(a)\1", AROUND),
        (r"(?>a*)b", AROUND),
        (r"a*+b", TWICE),
        (r".*+b", TWICE),
        (r"a*a*b", ADJACENT),
        (r"\w+\d+x", ADJACENT),
        (r"^.*\d+$", ADJACENT),
        (r"a*b*a*c", ADJACENT),
        (r"a*(?:b|c)?a*d", ADJACENT),
        (r"(a*|b)(a*|b)c", ADJACENT),
        (r"[a-z]*[A-Z]*1", ADJACENT),
        (r"a{0,500}a{0,500}b", ADJACENT),
        (r"a.*a.*a.*b", MANY),
        ("x" + ".*a" * 20, MANY),
        (r"a.*b", ""),
        (r"role/.*admin.*key", ""),
        (r".*a.*b.*c.*", ""),
        (r".*\d+.*", ""),
        (r"^[^:]+:[^:]+:[^:]+:[^:]+:[^:]+$", ""),
        (r"^(\d{12}|arn:aws[\w-]*:iam::\d{12}:)", ""),
        (r"^ml\.(p|g|trn|inf)\d", ""),
        (r"(abc)?d", ""),
        (r"\(?a\)+", ""),
        (r"[(?]+[)]+x", ""),
        (r"a{2,5}a{2,5}b", ""),
        (r"a+b+c+", ""),
        (r"\\1", ""),
        (r"a*?b", ""),
        (r"\d+\.\d+\.\d+\.\d+", ""),
    ],
)
def test_tells_what_is_wrong_with_a_regular_expression(text, expected):
    re.compile(text)
    assert fault(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".*a", "a"),
        (".*?a.*", "a"),
        (".*.*a", "a"),
        (r"\.*a\.*", r"\.*a\.*"),
        (".*", ""),
        ("^.*a", "^.*a"),
    ],
)
def test_a_search_needs_no_wildcard_at_its_edges(text, expected):
    assert needed(text) == expected


SAMPLES = st.sampled_from(
    ["a", "b", ".", "[ab]", r"\w", "a*", "b+", ".*", ".*?", "[^a]*", "(a|b)", "(ab)?", "a{2}", "^", "$", "|"]
)


@given(st.lists(SAMPLES, max_size=8).map("".join), st.text("ab\n", max_size=20))
def test_what_a_search_needs_finds_the_same(pattern, text):
    try:
        whole = re.compile(pattern)
    except re.error:
        return
    assert (re.search(needed(pattern), text) is None) is (whole.search(text) is None)


@given(st.lists(SAMPLES, max_size=12).map("".join))
def test_no_text_keeps_what_is_read_busy(pattern):
    try:
        search = re.compile(needed(pattern)).search
    except re.error:
        return
    if fault(pattern):
        return
    began = time.process_time()
    for text in ("a" * 200, "ab" * 100, "b" * 200 + "\n"):
        search(text)
    assert time.process_time() - began < 1
