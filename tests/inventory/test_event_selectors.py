"""Every shape of selector that AWS documents, and what of a bucket, a function or the management events it lets through."""

import pytest

from hexward.inventory.event_selectors import (
    AdvancedEventSelector,
    DataResource,
    EventSelector,
    Extent,
    FieldSelector,
    Logged,
    data_events,
    management_events,
    union,
)

S3 = "AWS::S3::Object"
LAMBDA = "AWS::Lambda::Function"
BUCKET = "arn:aws:s3:::train/"
FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:infer"

ALL = Logged(Extent.ALL, Extent.ALL)
PART = Logged(Extent.PART, Extent.PART)
NOTHING = Logged()


def basic(kind: str, *values: str, read_write: str = "All") -> EventSelector:
    return EventSelector(read_write_type=read_write, data_resources=(DataResource(kind, values),))


def equals(field: str, *values: str) -> FieldSelector:
    return FieldSelector(field, equals=values)


def advanced(*conditions: FieldSelector) -> AdvancedEventSelector:
    return AdvancedEventSelector(conditions)


def s3(*conditions: FieldSelector) -> AdvancedEventSelector:
    return advanced(equals("eventCategory", "Data"), equals("resources.type", S3), *conditions)


def arn(
    exactly: str = "", starts: str = "", ends: str = "", *, not_: str = "", not_starts: str = "", not_ends: str = ""
) -> FieldSelector:
    texts = (exactly, starts, ends, not_, not_starts, not_ends)
    return FieldSelector("resources.ARN", *((text,) if text else () for text in texts))


@pytest.mark.parametrize(
    ("selector", "logged"),
    [
        (basic(S3, "arn:aws:s3"), ALL),
        (basic(S3, "arn:aws:s3:::"), ALL),
        (basic(S3, "arn:aws:s3:::other/", BUCKET), ALL),
        (basic(S3, "arn:aws:s3:::train/raw"), PART),
        (basic(S3, "arn:aws:s3:::train-2/"), NOTHING),
        (basic(S3, "arn:aws:s3:::tr"), NOTHING),
        (basic(S3), NOTHING),
        (basic(LAMBDA, "arn:aws:s3"), NOTHING),
        (basic(S3, BUCKET, read_write="WriteOnly"), Logged(Extent.NOTHING, Extent.ALL)),
        (basic(S3, BUCKET, read_write="ReadOnly"), Logged(Extent.ALL, Extent.NOTHING)),
        (EventSelector(), NOTHING),
    ],
)
def test_basic_selectors_name_everything_a_bucket_or_a_prefix(selector, logged):
    assert data_events(((selector,), ()), S3, BUCKET) == logged


@pytest.mark.parametrize(
    ("selector", "logged"),
    [
        (s3(), ALL),
        (s3(arn(starts="arn:aws:s3:::train")), ALL),
        (s3(arn(starts=BUCKET)), ALL),
        (s3(arn(starts="arn:aws:s3:::train/raw/")), PART),
        (s3(arn(starts="arn:aws:s3:::train-2/")), NOTHING),
        (s3(arn("arn:aws:s3:::train/raw/1.csv")), PART),
        (s3(arn("arn:aws:s3:::train")), NOTHING),
        (s3(arn(ends=".csv")), PART),
        (s3(arn(not_starts=BUCKET)), NOTHING),
        (s3(arn(not_starts="arn:aws:s3:::t")), NOTHING),
        (s3(arn(not_starts="arn:aws:s3:::logs/")), ALL),
        (s3(arn(not_starts="arn:aws:s3:::train/tmp/")), PART),
        (s3(arn(not_="arn:aws:s3:::train/raw/1.csv")), PART),
        (s3(arn(not_ends=".tmp")), PART),
        (s3(arn(starts=BUCKET, not_starts="arn:aws:s3:::train/tmp/")), PART),
        (s3(arn(starts=BUCKET), arn(not_starts=BUCKET)), NOTHING),
        (s3(equals("readOnly", "true")), Logged(Extent.ALL, Extent.NOTHING)),
        (s3(equals("readOnly", "false")), Logged(Extent.NOTHING, Extent.ALL)),
        (s3(equals("readOnly", "false"), arn(starts=BUCKET)), Logged(Extent.NOTHING, Extent.ALL)),
        (s3(equals("eventName", "GetObject", "PutObject")), PART),
        (s3(FieldSelector("userIdentity.arn", not_starts_with=("arn:aws:sts::111122223333:",))), PART),
        (advanced(equals("eventCategory", "Data"), equals("resources.type", LAMBDA)), NOTHING),
        (advanced(equals("eventCategory", "Data")), NOTHING),
        (advanced(equals("eventCategory", "Management")), NOTHING),
    ],
)
def test_advanced_selectors_must_hold_in_every_field(selector, logged):
    assert data_events(((), (selector,)), S3, BUCKET) == logged


@pytest.mark.parametrize(
    ("selectors", "logged"),
    [
        (((basic(LAMBDA, "arn:aws:lambda"),), ()), ALL),
        (((basic(LAMBDA, FUNCTION),), ()), ALL),
        (((basic(LAMBDA, f"{FUNCTION}2", FUNCTION.removesuffix("r")),), ()), NOTHING),
        (((), (advanced(equals("eventCategory", "Data"), equals("resources.type", LAMBDA), arn(FUNCTION)),)), ALL),
        (((), (advanced(equals("eventCategory", "Data"), equals("resources.type", LAMBDA), arn(ends="infer")),)), ALL),
        (
            ((), (advanced(equals("eventCategory", "Data"), equals("resources.type", LAMBDA), arn(not_=FUNCTION)),)),
            NOTHING,
        ),
        (
            ((), (advanced(equals("eventCategory", "Data"), equals("resources.type", LAMBDA), arn(f"{FUNCTION}2")),)),
            NOTHING,
        ),
    ],
)
def test_a_function_is_one_exact_thing(selectors, logged):
    assert data_events(selectors, LAMBDA, FUNCTION) == logged


@pytest.mark.parametrize(
    ("selectors", "logged"),
    [
        (((), ()), ALL),
        (((EventSelector(),), ()), ALL),
        (((EventSelector(include_management_events=False),), ()), NOTHING),
        (((EventSelector(read_write_type="WriteOnly"),), ()), Logged(Extent.NOTHING, Extent.ALL)),
        (((EventSelector(read_write_type="WriteOnly"), EventSelector(read_write_type="ReadOnly")), ()), ALL),
        (((EventSelector(exclude_management_event_sources=("kms.amazonaws.com",)),), ()), PART),
        (((), (advanced(equals("eventCategory", "Management")),)), ALL),
        (
            ((), (advanced(equals("eventCategory", "Management"), equals("readOnly", "false")),)),
            Logged(Extent.NOTHING, Extent.ALL),
        ),
        (
            (
                (),
                (
                    advanced(
                        equals("eventCategory", "Management"),
                        FieldSelector("eventSource", not_equals=("rdsdata.amazonaws.com",)),
                    ),
                ),
            ),
            PART,
        ),
        (((), (s3(),)), NOTHING),
    ],
)
def test_management_events_are_logged_unless_a_selector_leaves_some_out(selectors, logged):
    assert management_events(selectors) == logged


def test_each_half_is_taken_from_the_best_selector():
    reads = Logged(Extent.ALL, Extent.NOTHING)
    writes = Logged(Extent.PART, Extent.ALL)
    assert union((reads, writes)).whole
    assert union(()) == NOTHING
    assert dict(union((reads,)).lacking) == {"writes": Extent.NOTHING}
