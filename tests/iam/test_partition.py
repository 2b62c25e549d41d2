"""Texts fall into classes: every set of matches that some text has is shown by one, and no other is."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.iam import glob
from hexward.iam.box import Cutter, apart, meet, within
from hexward.iam.clause import clause
from hexward.iam.condition import condition
from hexward.iam.partition import MANY, TooMany, classes, of_arn, of_glob, text
from hexward.iam.values import values_of

ALL = (((MANY,),),)


def vectors(patterns, texts):
    """Return the sets of patterns that texts match."""
    return {frozenset(one for one in patterns if glob.matcher(one)(each)) for each in texts}


GLOBS = st.lists(st.text("ab*?", min_size=1, max_size=5), min_size=1, max_size=4, unique=True)


@given(GLOBS)
@settings(deadline=None, max_examples=150)
def test_classes_show_what_all_short_texts_show(patterns):
    found = classes(tuple((of_glob(one),) for one in patterns), ALL)
    every = ["".join(letters) for size in range(8) for letters in product("abc", repeat=size)]
    assert vectors(patterns, found) == vectors(patterns, every) | vectors(patterns, found)
    assert vectors(patterns, every) <= vectors(patterns, found)


def test_the_scope_leaves_out_what_does_not_matter():
    scope = ((of_arn("arn:aws:s3:::weights/?*"),),)
    hostile = tuple((of_arn(f"arn:aws:s3:::*{one}*-logs"),) for one in "abcdefghij")
    assert len(classes(((of_arn("arn:aws:s3:::weights/*"),), (of_arn("arn:aws:s3:::data/*"),)), scope)) == 1
    with pytest.raises(TooMany):
        classes(hostile + tuple((of_arn(f"arn:aws:s3:::*{one}*x*y*z"),) for one in "klmnopqrst"), ((of_arn("arn:*"),),))


def test_a_class_of_one_text_is_never_forgotten_nor_its_neighbours():
    found = classes((((of_glob("a*")),), (text("ab"),), (text("x"),)), ALL)
    assert {"ab", "x"} <= set(found)
    assert any(one.startswith("a") and one != "ab" for one in found)
    assert any(not one.startswith("a") and one != "x" for one in found)


def test_wildcards_of_an_arn_do_not_cross_a_colon_before_its_last_field():
    one = (of_arn("arn:aws:*:x"),)
    assert all(
        each.count(":") == 5 or not each.startswith("arn:aws:") for each in classes((one,), ((of_arn("arn:aws:*:x"),),))
    )


def values(*conditions):
    """Return the values that conditions on one key tell apart."""
    return values_of(
        [clause(condition(operator, "k", list(wanted), "", variables=True), {}) for operator, *wanted in conditions]
    )


@pytest.mark.parametrize(
    ("conditions", "some"),
    [
        ([("StringEquals", "a", "b")], {None, ("a",), ("b",), ("",)}),
        ([("Bool", "true")], {None, ("true",), ("false",)}),
        ([("NumericLessThan", "10")], {None, ("9.0",), ("10.0",), ("11.0",)}),
        ([("NumericLessThan", "10"), ("NumericLessThan", "11")], {("10.5",)}),
        ([("DateLessThan", "2026-01-01")], {("2026-01-01T00:00:00Z",), ("2025-12-31T23:59:59Z",), ("2026-01-01T00:00:01Z",)}),
        ([("IpAddress", "10.0.0.0/8")], {None, ("198.51.100.1",), ("10.0.0.1",), ("2001:db8::1",)}),
        ([("ForAnyValue:StringEquals", "a")], {None, (), ("a",), ("",)}),
        ([("ForAnyValue:StringEquals", "a"), ("ForAllValues:StringEquals", "b")], {("a", "b")}),
    ],
)  # fmt: skip
def test_values_of_a_key_stand_on_both_sides_of_every_border(conditions, some):
    assert some <= set(values(*conditions))


def test_numbers_that_have_no_neighbours_are_too_many():
    with pytest.raises(TooMany):
        values(("NumericLessThan", "1e9999"))


BOXES = st.dictionaries(st.sampled_from("xyz"), st.integers(1, 7), max_size=3)
WHOLE = {"x": 7, "y": 7, "z": 7}


def points(box):
    """Return every point of a box."""
    sides = [[at for at in range(3) if box.get(name, 7) >> at & 1] for name in "xyz"]
    return set(product(*sides))


@given(BOXES, st.lists(BOXES, max_size=4))
@settings(deadline=None)
def test_what_is_left_of_a_box_is_what_no_other_box_holds(box, others):
    left = [points(one) for one in Cutter(WHOLE).left(box, others)]
    assert set().union(*left) == points(box).difference(*map(points, others))
    assert sum(map(len, left)) == len(set().union(*left))


@given(BOXES, BOXES)
def test_boxes_meet_where_they_have_points_in_common(one, other):
    both = meet(one, other)
    assert (both is None) is apart(one, other)
    assert points(one) & points(other) == (set() if both is None else points(both))
    assert not within(one, other) or points(one) <= points(other)
