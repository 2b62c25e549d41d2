import pytest

from hexward.inventory.sensitivity import class_of


@pytest.mark.parametrize(
    ("tags", "word"),
    [
        (None, None),
        ({"team": "restricted"}, None),
        ({"Data_Class": "Internal"}, "internal"),
        ({"sensitivity": "public", "data-class": "PII"}, "restricted"),
        ({"data-class": "restricted", "sensitivity": "public"}, "restricted"),
        ({"classification": "top-drawer"}, "restricted"),
    ],
)
def test_the_highest_class_that_a_tag_tells_counts(tags, word):
    assert class_of(tags) == word
