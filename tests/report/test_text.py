import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.report.text import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("arn:aws:s3:::träning-データ ☕", "arn:aws:s3:::träning-データ ☕"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\tc\r", "a\\x0ab\\x09c\\x0d"),
        ("\x9b2J", "\\x9b2J"),
        ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
        ("zero\u200bwidth\u2060\ufeff", "zero\\u200bwidth\\u2060\\ufeff"),
        ("filler\u3164\u115f\uffa0\u2800", "filler\\u3164\\u115f\\uffa0\\u2800"),
        ("v\ufe0f\U000e0100", "v\\ufe0f\\U000e0100"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("half \ud800", "half \\ud800"),
        ("no\xa0break\u3000", "no\\xa0break\\u3000"),
    ],
)
def test_what_a_terminal_obeys_or_nobody_sees_is_shown(text, shown):
    assert printable(text) == shown


@given(st.text(st.characters()))
def test_nothing_but_visible_characters_and_plain_spaces_is_left(text):
    assert {unicodedata.category(c)[0] for c in printable(text)} <= {"L", "M", "N", "P", "S", "Z"}
    assert {c for c in printable(text) if unicodedata.category(c)[0] == "Z"} <= {" "}
    assert printable(printable(text)) == printable(text)
