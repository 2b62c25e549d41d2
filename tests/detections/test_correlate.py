"""What correlations count, over which time, and that they forget."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.detections import correlate
from hexward.detections.correlate import Correlator
from hexward.detections.detection import Correlation, CorrelationType
from hexward.detections.hit import Hit


def hit(second: float, *, rule: int = 0, group: str = "", value: str = "", event: str = "") -> Hit:
    time = int(second * 1000)
    return Hit(time, 0, rule, event or f"e{second}", "ana", "1", "eu-west-1", "", group, value)


def found(kind: str, at_least: float, hits: list[Hit], *, rules: int = 1) -> list[tuple[str, ...]]:
    correlator = Correlator(Correlation(CorrelationType(kind), ("x",), 10, at_least), [None] * rules)
    return [tuple(one.event for one in together.hits) for one in hits if (together := correlator.add(one))]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([1, 2, 3], [("e1", "e2", "e3")]),
        ([1, 2], []),
        ([1, 6, 11], [("e1", "e6", "e11")]),
        ([1, 6, 11.001], []),
        ([1, 9, 12, 13], [("e9", "e12", "e13")]),
        ([1, 2, 3, 4, 5, 6, 7], [("e1", "e2", "e3")]),
        ([1, 2, 3, 13, 14, 15], [("e1", "e2", "e3"), ("e13", "e14", "e15")]),
    ],
)
def test_event_count_counts_within_a_window_and_is_silent_for_one(seconds, expected):
    assert found("event_count", 3, [hit(one) for one in seconds]) == expected


def test_groups_count_apart():
    hits = [hit(one, group=str(one % 2)) for one in range(5)]
    assert found("event_count", 3, hits) == [("e0", "e2", "e4")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("abc", [("e0", "e1", "e2")]),
        ("aab", []),
        ("aabac", [("e2", "e3", "e4")]),
        (["a", "", "b"], []),
    ],
)
def test_value_count_counts_different_values(values, expected):
    assert found("value_count", 3, [hit(place, value=value) for place, value in enumerate(values)]) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["60", "40"], [("e0", "e1")]),
        (["60", "39.9"], []),
        (["100"], [("e0",)]),
        (["60", "-60", "nan", "inf", "x", "", "30"], []),
        (["60"] + ["0"] * 10 + ["40"], []),
        (["1e300", "1e300"], [("e0",)]),
    ],
)
def test_value_sum_adds_numbers_within_a_window(values, expected):
    assert found("value_sum", 100, [hit(place, value=value) for place, value in enumerate(values)]) == expected


def naive(span: int, at_least: float, hits: list[Hit]) -> list[tuple[int, int, str]]:
    """Sum as `Correlator` does, and remember everything."""
    found, kept, silent_until = [], list[Hit](), 0
    for one in hits:
        if one.time >= silent_until:
            kept = [old for old in kept if old.time >= one.time - span] + [one]
            if sum(Fraction(old.value) for old in kept) >= Fraction(at_least):
                found.append((len(kept), kept[0].time, one.event))
                kept, silent_until = [], one.time + span
    return found


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["0", "0.25", "1", "8"]), st.integers(1, 60)), max_size=25),
    st.sampled_from([1, 5, 30, 200]),
)
@settings(deadline=None)
def test_a_sum_of_however_many_hits_is_that_of_all(bursts, at_least):
    hits = [
        hit(second, value=value, event=f"{place}-{one}")
        for place, (second, value, times) in enumerate(sorted(bursts))
        for one in range(times)
    ]
    correlator = Correlator(Correlation(CorrelationType.VALUE_SUM, ("x",), 10, at_least, "y"), [None])
    together = [found for one in hits if (found := correlator.add(one))]
    assert [(one.count, one.since, one.hits[-1].event) for one in together] == naive(10_000, at_least, hits)
    assert all(len({one.event for one in found.hits}) == min(found.count, 100) for found in together)


def test_a_sum_of_a_hundred_thousand_hits_is_bounded_and_right():
    correlator = Correlator(Correlation(CorrelationType.VALUE_SUM, ("x",), 3600, 10, "y"), [None])
    told = [correlator.add(hit(number // 40, value="0.0001", event=f"e{number}")) for number in range(100_000)]
    assert [place for place, one in enumerate(told) if one] == [99_999]
    assert told[-1]
    assert (told[-1].count, told[-1].since, len(told[-1].hits)) == (100_000, 0, 100)
    for number in range(50_000):
        correlator.add(hit(100_000 + number / 7, value="0.0000001"))
    [group] = correlator.groups.values()
    assert len(group.stretches) <= correlate.MOST_STRETCHES + 1
    assert len(group.hits) == 100


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(1, 0), (2, 1), (3, 2)], [("e1", "e2", "e3")]),
        ([(1, 0), (2, 2), (3, 1)], []),
        ([(1, 1), (2, 0), (3, 2)], []),
        ([(1, 0), (2, 1), (12, 2)], []),
        ([(1, 0), (5, 0), (6, 1), (12, 2)], [("e5", "e6", "e12")]),
        ([(1, 0), (2, 1), (5, 0), (6, 2)], [("e1", "e2", "e6")]),
    ],
)
def test_temporal_ordered_wants_each_rule_in_order(steps, expected):
    assert found("temporal_ordered", 0, [hit(second, rule=rule) for second, rule in steps], rules=3) == expected


def test_one_event_is_not_two_steps():
    both = [hit(1, rule=0, event="e"), hit(1, rule=1, event="e")]
    assert found("temporal_ordered", 0, both, rules=2) == []


@pytest.mark.parametrize("ids", list(permutations("abc")))
def test_steps_of_one_second_are_in_the_order_of_the_rules_whatever_their_events_are_named(ids):
    steps = sorted(hit(1, rule=rule, event=event) for rule, event in enumerate(ids))
    assert found("temporal_ordered", 0, steps, rules=3) == [ids]


@pytest.mark.parametrize("ids", list(permutations("abcd")))
def test_a_step_of_several_hits_may_be_made_within_one_second(ids):
    often = Correlation(CorrelationType.EVENT_COUNT, ("x",), 4, 3)
    correlator = Correlator(Correlation(CorrelationType.TEMPORAL_ORDERED, ("x",), 10), (often, None))
    hits = sorted(hit(1, rule=int(place == 3), event=event) for place, event in enumerate(ids))
    assert [together and together.count for one in hits for together in [correlator.add(one)]] == [None, None, None, 4]


@pytest.mark.parametrize("ids", list(permutations("ab")))
def test_an_event_of_both_rules_hides_no_sequence_with_another(ids):
    first, both = ids
    hits = sorted([hit(1, event=first), hit(1, event=both), hit(1, rule=1, event=both)])
    assert found("temporal_ordered", 0, hits, rules=2) == [(first, both)]


def test_a_way_that_began_later_is_not_given_up_for_an_older_one():
    steps = [(9, 0, "e1"), (14, 0, "e4"), (14, 1, "e3"), (14, 1, "e4"), (20, 2, "e5")]
    hits = [hit(second, rule=rule, event=event) for second, rule, event in steps]
    assert found("temporal_ordered", 0, hits, rules=3) == [("e4", "e3", "e5")]


def test_one_event_is_not_the_first_and_the_last_step():
    hits = [hit(1, event="a"), hit(1, rule=1, event="b"), hit(1, rule=2, event="a")]
    assert found("temporal_ordered", 0, hits, rules=3) == []


@pytest.mark.parametrize(
    ("hits", "expected"),
    [
        (["a0", "b0", "c0", "d1"], [("e0", "e1", "e2", "e3")]),
        (["a0", "b0", "x1", "c0", "d1"], [("e0", "e1", "e3", "e4")]),
        (["a0", "b0", "a0", "a0", "d1"], []),
        (["a0", "b0", "d1", "c0"], []),
        (["a0", "b0", "c0", "a0", "e0", "d1"], [("e2", "e3", "e4", "e5")]),
        (["a0", "b0", "c0", "d1", "d1"], [("e0", "e1", "e2", "e3")]),
        (["a0", "b0", "", "", "", "c0", "d1"], []),
    ],
)
def test_a_step_may_want_its_rule_to_match_often(hits, expected):
    often = Correlation(CorrelationType.VALUE_COUNT, ("x",), 4, 3, "y")
    correlator = Correlator(Correlation(CorrelationType.TEMPORAL_ORDERED, ("x",), 10), (often, None))
    steps = [hit(second, rule=int(one[1]), value=one[0]) for second, one in enumerate(hits) if one]
    assert [tuple(one.event for one in found.hits) for step in steps if (found := correlator.add(step))] == expected


def test_a_step_that_wants_many_hits_remembers_no_more_than_it_wants():
    often = Correlation(CorrelationType.EVENT_COUNT, ("x",), 10, 3)
    correlator = Correlator(Correlation(CorrelationType.TEMPORAL_ORDERED, ("x",), 10), (often, None))
    for number in range(1000):
        correlator.add(hit(number / 1000))
    assert len(correlator.groups[""].often[0].hits) == 3
    assert len(correlator.groups[""].steps[0]) == 3


def test_a_group_that_only_counts_towards_a_step_is_not_forgotten():
    often = Correlation(CorrelationType.EVENT_COUNT, ("x",), 10, 2)
    correlator = Correlator(Correlation(CorrelationType.TEMPORAL_ORDERED, ("x",), 10), (often, None))
    steps = [hit(1, group="a"), hit(2, group="b"), hit(3, group="a"), hit(4, group="a", rule=1)]
    assert [together and together.count for one in steps for together in [correlator.add(one)]] == [None, None, None, 3]


def test_a_correlation_forgets_groups_that_can_no_longer_matter():
    correlator = Correlator(Correlation(CorrelationType.EVENT_COUNT, ("x",), 10, 3), [None])
    for second in range(1000):
        correlator.add(hit(second, group=str(second)))
    assert len(correlator.groups) < 15


def test_a_correlation_remembers_so_many_groups_and_no_more(monkeypatch):
    monkeypatch.setattr(correlate, "MOST_GROUPS", 5)
    correlator = Correlator(Correlation(CorrelationType.EVENT_COUNT, ("x",), 10, 3), [None])
    for number in range(100):
        correlator.add(hit(1, group=str(number)))
    assert len(correlator.groups) == 5
