import pytest

from hexward.cli._nearest import nearest


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("us-est-1", ["us-east-1", "us-west-1"], "; did you mean us-east-1?"),
        ("US-EAST-1", ["us-east-1"], "; did you mean us-east-1?"),
        ("audti", ["audit", "diff"], "; did you mean audit?"),
        ("iam:pasrole", ["iam:GetRole", "iam:PassRole"], "; did you mean iam:PassRole?"),
        ("qqq", ["audit"], ""),
        ("", ["audit"], ""),
        ("audit", [], ""),
    ],
)
def test_suggests_the_likeliest_word_and_the_first_of_equals(word, known, hint):
    assert nearest(word, known) == hint
