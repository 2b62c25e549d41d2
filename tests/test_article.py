"""Each sentence of the article has its control, and each control that is named exists."""

import re
from pathlib import Path

import pytest

from hexward.controls import ids

TEXT = (Path(__file__).parent.parent / "docs/guide/article.md").read_text(encoding="utf-8")
ROWS = [
    (says.strip(), re.findall(r"`([a-z_]+\.[a-z0-9_]+)`", named))
    for says, named in re.findall(r"^\| (.+?) \| (.*?) \|$", TEXT, re.MULTILINE)
    if "controls" not in named.split("`")[0] or "`" in named
]


def test_the_table_is_read():
    assert len(ROWS) == len(re.findall(r"^\| (?!what )", TEXT, re.MULTILINE)) > 40


@pytest.mark.parametrize(("says", "named"), ROWS, ids=[says for says, _ in ROWS])
def test_each_sentence_has_a_control_that_exists(says, named):
    assert named, says
    assert [name for name in named if name not in ids()] == []
