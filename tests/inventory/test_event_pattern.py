"""Patterns against the examples of AWS's own guide, and laws that hold for every pattern and event."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.inventory.event_pattern import UNTOLD, Partial, takes

EVENT = {
    "version": "0",
    "detail-type": "EC2 Instance State-change Notification",
    "source": "aws.ec2",
    "account": "111122223333",
    "time": "2017-12-22T18:43:48Z",
    "region": "us-west-1",
    "resources": ["arn:aws:ec2:us-west-1:111122223333:instance/i-1234567890abcdef0"],
    "detail": {"instance-id": "i-1234567890abcdef0", "state": "terminated", "c-count": 5, "d-count": 3, "x-limit": 301.8,
               "source-ip": "10.0.0.33", "name": "", "user": None, "path": "dir/a.PNG", "on": True, "empty": [], "nested": {"a": 1}},
}  # fmt: skip


def about(**detail: object) -> dict[str, object]:
    return {"detail": {name.replace("_", "-"): wanted for name, wanted in detail.items()}}


def told(pattern: object, event: Any = EVENT) -> bool | None:
    return takes(json.dumps(pattern), event)


YES = [
    {"source": ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"], "detail": {"state": ["terminated"]}},
    {"source": ["aws.ec2", "aws.fargate"]},
    {"resources": ["arn:aws:ec2:us-west-1:111122223333:instance/i-1234567890abcdef0", "other"]},
    {"time": [{"prefix": "2017-12-"}]},
    about(state=[{"anything-but": "initializing"}]),
    about(state=[{"anything-but": ["stopped", "overloaded"]}]),
    about(c_count=[{"anything-but": [100, 200, 300]}]),
    about(state=[{"anything-but": {"prefix": "init"}}]),
    about(path=[{"anything-but": {"suffix": [".txt", ".rtf"]}}]),
    about(state=[{"anything-but": {"equals-ignore-case": ["initializing", "stopped"]}}]),
    about(path=[{"anything-but": {"wildcard": "*/lib/*"}}]),
    about(c_count=[{"numeric": [">", 0, "<=", 5]}], d_count=[{"numeric": ["<", 10]}], x_limit=[{"numeric": ["=", 3.018e2]}]),
    about(source_ip=[{"cidr": "10.0.0.0/24"}]),
    about(c_count=[{"exists": True}]),
    about(missing=[{"exists": False}]),
    about(nested=[{"exists": False}]),
    about(empty=[{"exists": False}]),
    about(path=[{"suffix": ".PNG"}]),
    about(path=[{"suffix": {"equals-ignore-case": ".png"}}]),
    about(path=[{"prefix": {"equals-ignore-case": "DIR/"}}]),
    about(state=[{"equals-ignore-case": "TERMINATED"}]),
    about(path=[{"wildcard": "dir/*.PNG"}]),
    about(path=[{"wildcard": "*"}]),
    about(user=[None], name=[""], on=[True]),
    about(nested={"a": [1]}),
    about(missing={"deep": [{"exists": False}]}),
    {"$or": [about(state=["running"]), about(c_count=[{"numeric": [">", 4]}])]},
    {"source": ["aws.ec2"], "detail": {"$or": [{"state": ["running"]}, {"d-count": [3], "c-count": [5]}]}},
    about(state=[{"no-such-word": 1}, "terminated"]),
]  # fmt: skip
NO = [
    {"source": ["aws.guardduty"]},
    {"source": ["AWS.EC2"]},
    about(state=[{"prefix": "init"}]),
    about(state=[{"anything-but": "terminated"}]),
    about(missing=[{"anything-but": "terminated"}]),
    about(path=[{"anything-but": {"wildcard": "dir/*"}}]),
    about(c_count=[{"numeric": [">", 5]}]),
    about(state=[{"numeric": [">", 0]}]),
    about(on=[{"numeric": ["=", 1]}]),
    about(on=[1]),
    about(c_count=["5"]),
    about(c_count=[6]),
    about(source_ip=[{"cidr": "10.0.1.0/24"}]),
    about(state=[{"cidr": "10.0.0.0/24"}]),
    about(c_count=[{"prefix": "5"}]),
    about(c_count=[{"exists": False}]),
    about(nested=[{"exists": True}]),
    about(user=[""]),
    about(name=[None]),
    about(path=[{"wildcard": "dir/*.png"}]),
    about(path=[{"wildcard": "dir/a.PNGa*"}]),
    about(path=[{"wildcard": "*a*a*"}]),
    about(path=[{"wildcard": "dir/\\*"}]),
    about(nested={"a": [2]}),
    about(state={"deep": ["terminated"]}),
    {"$or": [about(state=["running"]), about(c_count=[1])]},
    {"source": ["aws.s3"], "detail": {"state": [{"no-such-word": 1}]}},
]
CANNOT_BE_TOLD = [
    about(state=[{"no-such-word": 1}]),
    about(state=[{"prefix": "a", "suffix": "b"}]),
    about(state=[{"prefix": 5}]),
    about(state=[["terminated"]]),
    about(state="terminated"),
    about(state=[]),
    about(state={}),
    about(c_count=[{"numeric": ["~", 1]}]),
    about(c_count=[{"numeric": [">"]}]),
    about(c_count=[{"exists": "yes"}]),
    about(c_count=[5.0]),
    about(path=[{"wildcard": "dir\\a*"}]),
    about(path=[{"wildcard": "dir/**"}]),
    about(source_ip=[{"cidr": "10.0.0.0/99"}]),
    about(state=[{"anything-but": []}]),
    about(state=[{"anything-but": {"cidr": "10.0.0.0/8"}}]),
    about(c_count=[{"anything-but": {"prefix": "5"}}]),
    {"detail.state": ["terminated"]},
    {"$or": [{"numeric": 123}, {"prefix": "abc"}]},
    {"$or": [about(state=["terminated"])]},
    {},
    [],
]


@pytest.mark.parametrize("pattern", YES, ids=json.dumps)
def test_takes_it(pattern):
    assert told(pattern) is True


@pytest.mark.parametrize("pattern", NO, ids=json.dumps)
def test_does_not_take_it(pattern):
    assert told(pattern) is False


@pytest.mark.parametrize("pattern", CANNOT_BE_TOLD, ids=json.dumps)
def test_says_that_it_cannot_tell(pattern):
    assert told(pattern) is None


@pytest.mark.parametrize("text", ["", "{", "null", "5", "\x00", '{"a": ' * 2_000])
def test_what_is_no_pattern_cannot_be_told(text):
    assert takes(text, EVENT) is None


def test_fields_of_a_list_of_structures_must_be_found_in_one_of_them():
    people = {"employees": [{"firstName": "Anna", "lastName": "Smith"}, {"firstName": "Peter", "lastName": "Jones"}]}
    assert told({"employees": {"firstName": ["Anna"], "lastName": ["Smith"]}}, people) is True
    assert told({"employees": {"firstName": ["Anna"], "lastName": ["Jones"]}}, people) is False


def test_what_an_event_does_not_tell_is_not_taken_for_absent():
    event = {"source": "aws.guardduty", "detail": Partial(type="a", id=UNTOLD, service=UNTOLD)}
    assert told({"detail": {"resource": ["x"]}}, event) is None
    assert told({"detail": {"resource": [{"exists": False}]}}, event) is None
    assert told({"detail": {"id": [{"anything-but": "x"}]}}, event) is None
    assert told({"detail": {"service": {"archived": [False]}}}, event) is None
    assert told({"detail": {"service": {"archived": [False]}, "type": ["b"]}}, event) is False


texts = st.sampled_from(["", "a", "ab", "ba", "a*b", "\\", "10.0.0.1"])
scalars = st.none() | st.booleans() | st.integers(-9, 9) | texts
values = st.recursive(
    scalars, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.sampled_from("abc"), one, max_size=3)
)
events = st.dictionaries(st.sampled_from("abc"), values, max_size=3)
conditions = scalars | st.builds(
    lambda word, about: {word: about},
    st.sampled_from(
        ["prefix", "suffix", "wildcard", "equals-ignore-case", "anything-but", "numeric", "exists", "cidr", "x"]
    ),
    values | st.just([">", 0]) | st.builds(lambda one: {"prefix": one}, scalars),
)
patterns: st.SearchStrategy[Any] = st.recursive(
    st.dictionaries(st.sampled_from("abc"), st.lists(conditions, min_size=1, max_size=3), min_size=1, max_size=2),
    lambda one: st.dictionaries(st.sampled_from("abc"), one, min_size=1, max_size=2)
    | st.builds(lambda first, second: {"$or": [first, second]}, one, one),
    max_leaves=5,
)  # fmt: skip


@given(patterns, events)
def test_always_answers_and_always_the_same(pattern, event):
    assert told(pattern, event) in {True, False, None}
    assert told(pattern, event) is told(pattern, event)


@given(values, events)
def test_answers_to_anything_that_stands_for_a_pattern(pattern, event):
    assert told(pattern, event) in {True, False, None}


@given(patterns, patterns, events)
def test_or_takes_what_either_takes(first, second, event):
    either = {told(first, event), told(second, event)}
    expected = True if True in either else None if None in either else False
    assert told({"$or": [first, second]}, event) is expected


@given(st.lists(conditions, min_size=1, max_size=3), conditions, events)
def test_another_value_never_takes_less(listed, more, event):
    before, after = told({"a": listed}, event), told({"a": [*listed, more]}, event)
    assert before is not True or after is True


@given(patterns, patterns, events)
def test_another_field_never_takes_more(first, second, event):
    both = told({"a": first, "b": second}, {"a": event, "b": event})
    assert both is not True or told({"a": first}, {"a": event}) is True


@given(texts, texts)
def test_anything_but_is_the_opposite_for_one_text(wanted, held):
    for word in ("prefix", "suffix", "wildcard", "equals-ignore-case"):
        plain, opposite = (
            told({"a": [{word: wanted}]}, {"a": held}),
            told({"a": [{"anything-but": {word: wanted}}]}, {"a": held}),
        )
        assert opposite is (None if plain is None else not plain)


@given(patterns, events)
def test_what_holds_for_an_event_told_in_part_holds_for_the_whole(pattern, event):
    part = Partial({name: UNTOLD for name in event if name != "a"} | ({"a": event["a"]} if "a" in event else {}))
    answer = told(pattern, part)
    if answer is not None:
        assert told(pattern, event) is answer


@given(st.text("ab*\\", max_size=8), st.text("ab*\\", max_size=8))
def test_a_wildcard_is_met_as_a_plain_search_says(wildcard, text):
    answer = told({"a": [{"wildcard": wildcard}]}, {"a": text})
    if answer is not None:
        assert answer is naive(wildcard, text)


def naive(wildcard: str, text: str) -> bool:
    """Match by trying every length for every `*`."""
    if not wildcard:
        return not text
    if wildcard[0] == "*":
        return any(naive(wildcard[1:], text[at:]) for at in range(len(text) + 1))
    wanted, rest = (wildcard[1], wildcard[2:]) if wildcard[0] == "\\" else (wildcard[0], wildcard[1:])
    return text[:1] == wanted and naive(rest, text[1:])
