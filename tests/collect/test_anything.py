"""Whatever JSON stands in place of an answer, or somewhere inside it: no exception, and no field of a wrong type."""

import copy
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.aws.faults import Faulty, reshaped
from hexward.collect.collect import tables
from hexward.collect.table import Table
from hexward.inventory.record import sources
from tests.aws.recorded import Recorded
from tests.collect.account import NAME, collected, whole

CALLS = [(table, call) for table in tables() for call in table.calls]

words = st.sampled_from([NAME, "", "arn:aws:iam::aws:policy/x", "{}", "[]", "null", "us-east-1", "\x00", "ENABLED"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | words | st.binary(max_size=8)
    | st.datetimes() | st.datetimes(timezones=st.just(UTC)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words | st.sampled_from(sorted({
        "Key", "Value", "Arn", "Name", "Policy", "State", "IsDefaultVersion", "Document", "PolicyDocument", "Status"})), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of everything inside a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inside:
        yield (*path, name)
        yield from places(item, (*path, name))


def replaced(value: Any, path: tuple[str | int, ...], by: object) -> Any:
    made = inside = copy.deepcopy(value)
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = by
    return made


def is_a(declared: Any, value: object) -> bool:
    """Say whether a value is of a declared type, all the way down: then it comes back unchanged from plain JSON."""
    try:
        return bool(msgspec.convert(msgspec.to_builtins(value), declared) == value)
    except (msgspec.ValidationError, TypeError):
        return False


def assert_sound(table: Table, answers: Mapping[str, Any], call: str, page: object) -> None:
    seen = collected(Faulty(Recorded(answers), {call: reshaped(lambda _: page)}), [table])
    for one in seen.records:
        declared = sources(type(one))
        known = one.known()
        assert known.keys() | one.gaps.keys() == declared.keys()
        assert [name for name, value in known.items() if not is_a(declared[name].type, value)] == []
    assert seen.records or any(seen.listings.values()) or not listed(answers, table, call, page)


def listed(answers: Mapping[str, Any], table: Table, call: str, page: object) -> bool:
    """Say whether the listing still tells of something that is to be kept."""
    if table.within is not None and call == table.name(table.within.call):
        return False
    told = page if call == table.calls[0] else answers[table.calls[0]]
    for name in table.items.removesuffix("[]").split("."):
        told = told.get(name) if isinstance(told, dict) else None
    return bool(told) and table.keep is None and table.place is None


@settings(max_examples=400)
@given(st.sampled_from(CALLS), anything)
def test_in_place_of_an_answer(made, page):
    assert_sound(made[0], whole(), made[1], page)


@settings(max_examples=800)
@given(st.sampled_from(CALLS), anything, st.data())
def test_somewhere_in_an_answer(made, junk, data):
    table, call = made
    inside = list(places(whole()[call]))
    page = replaced(whole()[call], data.draw(st.sampled_from(inside)), junk)
    assert_sound(table, whole(), call, page)
