"""Wildcards match as the shell's do, and many of them cost no more."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.detections.expression import Comparison, Operator
from hexward.detections.match import matcher

LETTERS = st.text("ab.", max_size=8)


def matches(pattern: str, text: str, operator: Operator = Operator.EQUALS) -> bool:
    return bool(matcher(Comparison(field="f", operator=operator, values=(pattern,), cased=True))({"f": text}))


@given(st.text("ab.*?", max_size=8), LETTERS)
def test_wildcards_are_those_of_the_shell(pattern, text):
    assert matches(pattern, text) is fnmatchcase(text, pattern)
    assert matches(f"*{pattern}", text, Operator.CONTAINS) is fnmatchcase(text, f"*{pattern}*")
    assert matches(f"*{pattern}", text, Operator.STARTSWITH) is fnmatchcase(text, f"*{pattern}*")
    assert matches(f"{pattern}*", text, Operator.ENDSWITH) is fnmatchcase(text, f"*{pattern}*")


@pytest.mark.parametrize("operator", [Operator.EQUALS, Operator.CONTAINS])
def test_hundreds_of_wildcards_end(operator):
    assert not matches("*a" * 300 + "*b", "a" * 2000, operator)
    assert matches("*a" * 300 + "*b", "a" * 300 + "b", operator)
