"""A record says nothing that it did not read, and a listing never lets a gap look like absence: checked against Kleene's logic."""

import copy
import pickle
from collections.abc import Sequence
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.inventory import Key, Listing, NotCollected, NotebookInstance, best, exists, note, noting, readable
from hexward.inventory.record import Record, record, sources
from hexward.model import Gap, Reason

ARN = "arn:aws:kms:us-east-1:111122223333:key/k"
DENIED = Gap(Reason.DENIED, "refused", "kms:DescribeKey", "kms:DescribeKey", "111122223333", "us-east-1")

type Kleene = bool | None
"""None is unknown."""

truths = st.lists(st.sampled_from([True, False, None]), max_size=6)
gap_counts = st.integers(0, 2)


def key(truth: Kleene, number: int = 0) -> Key:
    """Build a key of which it is known, or not, whether it rotates."""
    arn = f"{ARN}{number}"
    if truth is None:
        return Key.partial({"rotation_enabled": DENIED}, arn=arn)
    return Key.partial({}, arn=arn, rotation_enabled=truth)


def listing(held: Sequence[Kleene], gaps: int) -> Listing[Key]:
    records = tuple(key(truth, number) for number, truth in enumerate(held))
    return Listing(records, tuple(NotCollected(f"Key {number}", DENIED) for number in range(gaps)))


def naive_or(held: Sequence[Kleene]) -> Kleene:
    if any(truth is True for truth in held):
        return True
    return None if any(truth is None for truth in held) else False


@given(truths, gap_counts)
def test_exists_is_kleenes_or(held, gaps):
    try:
        got = exists(listing(held, gaps), lambda one: bool(one.rotation_enabled))
    except NotCollected:
        got = None
    assert got == naive_or([*held, *[None] * gaps])


@given(truths, gap_counts)
def test_exists_not_is_kleenes_and_of_the_opposite(held, gaps):
    try:
        every = not exists(listing(held, gaps), lambda one: not one.rotation_enabled)
    except NotCollected:
        every = None
    known = [None if truth is None else not truth for truth in [*held, *[None] * gaps]]
    negated = naive_or(known)
    assert every == (None if negated is None else not negated)


@given(truths, gap_counts)
def test_readable_yields_what_was_read_in_order_and_notes_each_gap_once(held, gaps):
    keys = listing(held, gaps)
    with noting() as left_out:
        got = [one.arn for one in readable(keys, "rotation_enabled")]
    assert got == [one.arn for one, truth in zip(keys.records, held, strict=True) if truth is not None]
    assert len(left_out) == sum(truth is None for truth in held) + gaps


@given(truths, gap_counts)
def test_readable_tells_outside_a_judgement_too(held, gaps):
    complete = None not in held and gaps == 0
    if complete:
        assert len(list(readable(listing(held, gaps), "rotation_enabled"))) == len(held)
    else:
        with pytest.raises(NotCollected):
            list(readable(listing(held, gaps), "rotation_enabled"))


@given(truths, gap_counts)
def test_a_loop_over_an_incomplete_listing_sees_every_record_and_does_not_end(held, gaps):
    keys = listing(held, gaps)
    loop = iter(keys)
    met = [next(loop).arn for _ in held]
    try:
        next(loop)
    except StopIteration:
        ended = True
    except NotCollected:
        ended = False
    assert met == [one.arn for one in keys.records]
    assert ended is (gaps == 0)
    assert len(keys) == len(held)


def test_judgements_within_judgements_keep_their_own_notes():
    with noting() as outer:
        note(NotCollected("a", DENIED))
        with noting() as inner:
            note(NotCollected("b", DENIED))
        note(NotCollected("c", DENIED))
    assert [missing.what for missing in outer] == ["a", "c"]
    assert [missing.what for missing in inner] == ["b"]


def test_a_judgement_that_fails_leaves_no_notes_behind():
    def judge() -> None:
        with noting():
            note(NotCollected("a", DENIED))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        judge()
    with pytest.raises(NotCollected):
        note(NotCollected("b", DENIED))


def test_a_field_that_was_not_read_says_why():
    with pytest.raises(
        NotCollected, match=r"Key\.state: kms:DescribeKey in us-east-1: denied \(needs kms:DescribeKey\)"
    ):
        _ = Key.partial({"state": DENIED}, arn=ARN).state


def test_neither_hasattr_nor_a_default_hides_a_gap():
    one = Key.partial({}, arn=ARN)
    with pytest.raises(NotCollected):
        hasattr(one, "state")
    with pytest.raises(NotCollected):
        getattr(one, "state", None)


def test_a_name_that_no_field_has_is_a_mistake_of_ours():
    with pytest.raises(AttributeError, match="Key has no field 'sate'"):
        _ = Key.partial({}, arn=ARN).sate


@pytest.mark.parametrize("names", [{"sate": "Enabled"}, {"gaps_of": 1}])
def test_a_record_is_built_of_its_own_fields_alone(names):
    with pytest.raises(TypeError, match="Key has no field"):
        Key.partial({}, arn=ARN, **names)
    with pytest.raises(TypeError, match="Key has no field"):
        Key.partial(dict.fromkeys(names, DENIED), arn=ARN)


def test_a_record_cannot_be_changed():
    one = key(truth=True)
    with pytest.raises(FrozenInstanceError):
        one.rotation_enabled = False  # type: ignore[misc]
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        one.whatever = 1  # type: ignore[attr-defined]


def test_a_record_is_shown_by_its_arn_alone():
    assert repr(Key.partial({}, arn=ARN, state="Enabled")) == f"<Key {ARN!r}>"


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])  # noqa: S301
def test_a_copy_knows_and_misses_the_same(again):
    one = Key.partial({"state": DENIED}, arn=ARN, region="us-east-1", manager="CUSTOMER")
    other = again(one)
    assert (other.arn, other.region, other.known(), dict(other.gaps)) == (
        ARN,
        "us-east-1",
        one.known(),
        {"state": DENIED},
    )
    with pytest.raises(NotCollected):
        _ = other.state


@given(st.sampled_from(list(sources(NotebookInstance))))
def test_a_punched_field_is_missing_and_the_others_stay(name):
    whole = NotebookInstance.partial({}, arn=ARN, **dict.fromkeys(sources(NotebookInstance), "x"))
    holed = whole.punched(name, DENIED)
    assert holed.known().keys() == sources(NotebookInstance).keys() - {name}
    assert holed.gaps == {name: DENIED}
    assert whole.known().keys() == sources(NotebookInstance).keys()


def test_a_refusal_can_be_told_by_its_action():
    assert Key.partial({"state": "kms:DescribeKey"}, arn=ARN).gaps["state"].action == "kms:DescribeKey"


def test_a_field_that_aws_does_not_tell_is_none_and_was_read():
    one = NotebookInstance.partial({}, arn=ARN, kms_key_id=None)
    assert one.kms_key_id is None
    assert one.known() == {"kms_key_id": None}


def test_fields_of_a_kind_are_those_that_it_declares_itself():
    @record
    class Volume(Record):
        encrypted: bool

    assert list(sources(Volume)) == ["encrypted"]
    assert sources(Volume)["encrypted"].at is None
    assert not sources(Volume)["encrypted"].optional


def test_the_best_of_a_listing_is_a_good_one_and_else_any_that_is_meant():
    def chosen(*records: Key, gaps: int = 0) -> tuple[str, int]:
        with noting() as unread:
            found = best(
                Listing(records, listing([], gaps).gaps),
                lambda one: one.state != "other",
                lambda one: bool(one.rotation_enabled),
            )
        return ("none" if found is None else found.state), len(unread)

    good, bad, other = (
        Key.partial({}, arn=f"{ARN}{state}", state=state, rotation_enabled=state == "good")
        for state in ("good", "bad", "other")
    )
    assert chosen(bad, good, bad.punched("rotation_enabled"), gaps=1) == ("good", 0)
    assert chosen(bad, other, other.punched("state"), gaps=1) == ("bad", 2)
    assert chosen(other) == ("none", 0)
    for unread in (good.punched("state"), good.punched("rotation_enabled")):
        with pytest.raises(NotCollected):
            chosen(other, unread)
    with pytest.raises(NotCollected):
        chosen(gaps=1)
