"""Whatever goes wrong on the way from AWS becomes a gap that says so; nothing escapes, and nothing looks like absence."""

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from hexward.aws import Pages, action_of
from hexward.aws.faults import Fault, Faulty, cut_short, refused, reshaped, throttled, timed_out
from hexward.collect.collect import tables
from hexward.collect.table import Call, Table
from hexward.inventory import Bucket, GuardDutyRegion, Key, NotebookInstance, Subnet
from hexward.inventory.record import sources
from hexward.model import Reason
from tests.aws.recorded import Recorded, error
from tests.aws.shapes import output
from tests.build import ACCOUNT
from tests.collect.account import DOCUMENT, NAME, Seen, collected, full, whole

TABLES = tables()
OTHER = "eu-west-1"

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda t: t.record.__name__)
every_detail = pytest.mark.parametrize(
    ("table", "call"),
    [(table, f"{table.service}:{call.operation}") for table in TABLES for call in table.details],
    ids=lambda value: value if isinstance(value, str) else value.record.__name__,
)
every_failure = pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (refused(), Reason.DENIED),
        (refused("ExpiredToken", 400), Reason.EXPIRED),
        (refused("OptInRequired"), Reason.REGION_DISABLED),
        (refused("SomethingNobodyKnows", 500), Reason.FAILED),
        (throttled, Reason.THROTTLED),
        (timed_out, Reason.TIMED_OUT),
    ],
    ids=["denied", "expired", "disabled", "unheard-of", "throttled", "timed out"],
)


def from_call(table: Table, call: str) -> set[str]:
    return {s.name for s in sources(table.record).values() if s.at is not None and s.at.call == call}


@every_table
def test_reads_every_field_where_aws_tells_all_it_can(table: Table):
    [one] = collected(Recorded(whole()), [table]).of(table.record)
    assert dict(one.gaps) == {}
    assert set(one.known()) == set(sources(table.record))


@every_failure
@every_detail
def test_a_failed_detail_leaves_the_rest_of_the_record(table: Table, call: str, fault: Fault, reason: Reason):
    seen = collected(Faulty(Recorded(whole()), {call: fault}), [table])
    [one] = seen.of(table.record)
    assert set(one.gaps) == from_call(table, call)
    assert set(one.known()) == set(sources(table.record)) - set(one.gaps)
    for gap in one.gaps.values():
        assert (gap.reason, gap.call, gap.action, gap.account) == (reason, call, action_of(call), ACCOUNT)
        assert gap.region == one.region
        assert gap.resource in {NAME, one.arn}
    assert set(seen.listings.values()) == {None}


@every_failure
@every_table
def test_a_failed_listing_is_a_gap_and_never_an_empty_account(table: Table, fault: Fault, reason: Reason):
    call = table.calls[0]
    seen = collected(Faulty(Recorded(whole()), {call: fault}), [table])
    assert {gap.reason for gap in seen.gaps} == {reason}
    assert {gap.call for gap in seen.gaps} == {call}
    if table.items:
        assert seen.records == []
        assert None not in seen.listings.values()
    else:
        assert [one.known() for one in seen.records] == [{}]


def test_a_refused_credential_report_leaves_what_the_listing_told():
    for call in ("iam:GenerateCredentialReport", "iam:GetCredentialReport"):
        seen = collected(Faulty(Recorded(whole()), {call: refused()}))
        gaps = [(gap.call, gap.reason) for gap in seen.gaps]
        assert gaps == [(call, Reason.DENIED)]


def test_a_report_that_is_never_ready_is_a_gap():
    pages = Recorded({**whole(), "iam:GenerateCredentialReport": {"State": "INPROGRESS"}})
    assert [gap.reason for gap in collected(pages).gaps] == [Reason.TIMED_OUT]


@pytest.mark.parametrize("content", [b"", b"user,arn\n", b"\xff\xfe\x00", b'"' + b"x" * 200_000])
def test_a_report_that_is_no_report_is_a_gap(content):
    pages = Recorded({**whole(), "iam:GetCredentialReport": {"Content": content}})
    assert {gap.reason for gap in collected(pages).gaps} == {Reason.MALFORMED}


def keys(*names: str) -> list[dict[str, Any]]:
    return [{"Keys": [{"KeyArn": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/{name}", "KeyId": name}]} for name in names]


def of_key(**more: object) -> dict[str, Any]:
    return {"KeyMetadata": {**full(output("kms:DescribeKey"))["KeyMetadata"], **more}}


def test_a_list_that_is_cut_short_keeps_its_beginning_and_says_so():
    pages = Faulty(Recorded({**whole(), "kms:ListKeys": keys("a", "b")}), {"kms:ListKeys": cut_short})
    seen = collected(pages, [t for t in TABLES if t.record is Key])
    assert [key.known()["key_id"] for key in seen.of(Key)] == ["a"]
    [gap] = seen.gaps
    assert (gap.reason, gap.call, gap.region) == (Reason.UNREACHABLE, "kms:ListKeys", "us-east-1")


def test_a_list_that_is_cut_short_before_its_first_page_is_a_gap():
    pages = Faulty(Recorded({**whole(), "kms:ListKeys": []}), {"kms:ListKeys": cut_short})
    assert [gap.reason for gap in collected(pages, [t for t in TABLES if t.record is Key]).gaps] == [Reason.UNREACHABLE]


def relisted(table: Table, page: dict[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a page whose list, which may stand in a structure, is changed."""
    within, _, name = table.items.removesuffix("[]").rpartition(".")
    if not within:
        return {**page, name: change(page[name])}
    return {**page, within: {**page[within], name: change(page[within][name])}}


@pytest.mark.parametrize("junk", [None, "text", 1, {}, {"0": {}}], ids=repr)
@every_table
def test_a_list_of_another_shape_is_malformed(table: Table, junk: object):
    if not table.items:
        return
    pages = Faulty(Recorded(whole()), {table.calls[0]: reshaped(lambda page: relisted(table, page, lambda _: junk))})
    seen = collected(pages, [table])
    assert seen.records == []
    assert {gap.reason for gap in seen.listings.values() if gap is not None} == {Reason.MALFORMED}
    assert None not in seen.listings.values()


@pytest.mark.parametrize("junk", [None, "text", 1, [], {}], ids=repr)
@every_table
def test_garbage_among_the_listed_things_is_said_and_the_others_are_kept(table: Table, junk: object):
    if not table.items or (table.text and junk == "text"):
        return
    among = reshaped(lambda page: relisted(table, page, lambda items: [junk, *items, junk]))
    pages = Faulty(Recorded(whole()), {table.calls[0]: among})
    seen = collected(pages, [table])
    assert len(seen.of(table.record)) == 1
    assert [gap.reason for gap in seen.listings.values() if gap is not None] == [Reason.MALFORMED]


@pytest.mark.parametrize("later", [{"Keys": {}}, {"Keys": None}, {"Keys": "text"}], ids=repr)
def test_a_later_page_of_another_shape_is_malformed(later):
    pages = Faulty(
        Recorded({**whole(), "kms:ListKeys": keys("a", "b")}),
        {"kms:ListKeys": reshaped(lambda page: later if page["Keys"][0]["KeyId"] == "b" else page)},
    )
    seen = collected(pages, [t for t in TABLES if t.record is Key])
    assert [key.known()["key_id"] for key in seen.of(Key)] == ["a"]
    assert [gap.reason for gap in seen.gaps] == [Reason.MALFORMED]


@pytest.mark.parametrize("page", [None, [], "text", 7], ids=repr)
@every_table
def test_an_answer_that_is_no_structure_is_malformed(table: Table, page: object):
    seen = collected(Faulty(Recorded(whole()), {table.calls[0]: reshaped(lambda _: page)}), [table])
    assert {gap.reason for gap in seen.gaps} == {Reason.MALFORMED}


@pytest.mark.parametrize("state", [5, "5", None, True, {}, ["Enabled"]], ids=repr)
def test_a_field_of_another_type_is_malformed_and_the_others_are_read(state):
    described = reshaped(lambda _: of_key(KeyState=state))
    [key] = collected(
        Faulty(Recorded(whole()), {"kms:DescribeKey": described}), [t for t in TABLES if t.record is Key]
    ).of(Key)
    if state == "5":
        assert key.state == "5"
    else:
        assert key.gaps["state"].reason is Reason.MALFORMED
    assert key.manager == "CUSTOMER"


def test_two_detectors_in_one_region_are_not_taken_for_none():
    ids = {"DetectorIds": ["a", "b"]}
    [one] = collected(Recorded({**whole(), "guardduty:ListDetectors": ids})).of(GuardDutyRegion)
    assert one.gaps["status"].reason is Reason.MALFORMED


@pytest.mark.parametrize("place", [5, ["eu-west-1"], {"Region": "eu-west-1"}, True], ids=repr)
@pytest.mark.parametrize("call", ["s3:ListBuckets", "s3:GetBucketLocation"])
def test_a_bucket_whose_region_cannot_be_read_does_not_vanish(call, place):
    told = {"s3:ListBuckets": {"Buckets": [{"Name": "train"}]}}
    fault = (
        reshaped(lambda page: {"Buckets": [{**page["Buckets"][0], "BucketRegion": place}]})
        if call == "s3:ListBuckets"
        else reshaped(lambda _: {"LocationConstraint": place})
    )
    seen = collected(Faulty(Recorded({**whole(), **told}), {call: fault}), [t for t in TABLES if t.record is Bucket])
    assert [gap.reason for gap in seen.gaps if gap.call.startswith("s3:")] != []


@pytest.mark.parametrize("name", [5, None, True, ["x"], {"x": 1}], ids=repr)
def test_a_thing_whose_name_is_no_text_is_malformed(name):
    fault = reshaped(lambda page: {"Subnets": [{**page["Subnets"][0], "SubnetId": name}]})
    seen = collected(
        Faulty(Recorded(whole()), {"ec2:DescribeSubnets": fault}), [t for t in TABLES if t.record is Subnet]
    )
    assert seen.records == []
    assert [gap.reason for gap in seen.gaps] == [Reason.MALFORMED]


def test_what_aws_says_is_not_set_is_none_and_no_gap():
    def no_policy(_region: str, _arguments: Mapping[str, object]) -> dict[str, Any]:
        raise error("NoSuchBucketPolicy", 404)

    [bucket] = collected(Recorded({**whole(), "s3:GetBucketPolicy": no_policy})).of(Bucket)
    assert bucket.policy is None
    assert dict(bucket.gaps) == {}


@pytest.mark.parametrize("code", ["NoSuchBucket", "NoSuchTagSet", "AccessDenied", "404"])
def test_no_other_refusal_is_taken_for_absence(code):
    [bucket] = collected(Faulty(Recorded(whole()), {"s3:GetBucketPolicy": refused(code, 404)})).of(Bucket)
    assert set(bucket.gaps) == {"policy"}


class Failing:
    """Pages that fail for good from the n-th call on, everywhere or in one region."""

    def __init__(self, pages: Pages, after: int, code: str, region: str = "") -> None:
        self.pages, self.code, self.region = pages, code, region
        self.left = after
        self.lock = threading.Lock()

    def __call__(
        self, service: str, operation: str, region: str, arguments: Mapping[str, object]
    ) -> Iterator[dict[str, Any]]:
        with self.lock:
            concerned = not self.region or region == self.region
            self.left -= concerned
            failed = concerned and self.left < 0
        if failed:
            raise error(self.code)
        yield from self.pages(service, operation, region, arguments)


@pytest.mark.parametrize("after", [0, 1, 5, 17, 40])
def test_expired_credentials_keep_what_was_collected_and_miss_nothing_silently(after):
    seen = collected(Failing(Recorded(whole()), after, "ExpiredToken"))
    assert {gap.reason for gap in seen.gaps} == {Reason.EXPIRED}
    assert_accounted_for(seen, ("us-east-1",))
    assert len([one for one in seen.records if one.known()]) > 0 or after < 5


@pytest.mark.parametrize("after", [0, 3, 11])
def test_a_region_disabled_meanwhile_leaves_the_other_whole(after):
    regions = ("us-east-1", OTHER)
    seen = collected(Failing(Recorded(whole()), after, "OptInRequired", OTHER), regions=regions)
    assert {(gap.reason, gap.region) for gap in seen.gaps} == {(Reason.REGION_DISABLED, OTHER)}
    assert_accounted_for(seen, regions)
    assert [n.region for n in seen.of(NotebookInstance) if not n.gaps and n.region == "us-east-1"] == ["us-east-1"]


def assert_accounted_for(seen: Seen, regions: tuple[str, ...]) -> None:
    """Each kind is there in each region, or there is a gap that says why not."""
    for table in TABLES:
        for region in regions if table.everywhere else ("aws-global",):
            [listed] = [gap for (kind, where), gap in seen.listings.items() if kind is table.record and where == region]
            there = [one for one in seen.of(table.record) if one.region == region or not table.everywhere]
            assert there or listed is not None


def test_a_key_of_aws_is_not_asked_for_what_only_customers_set():
    pages = Recorded({**whole(), "kms:DescribeKey": of_key(KeyManager="AWS")})
    [key] = collected(pages, [t for t in TABLES if t.record is Key]).of(Key)
    assert (key.policy, key.tags, key.rotation_enabled) == (None, None, None)
    assert sorted(call for call, _ in pages.asked) == ["kms:DescribeKey", "kms:ListKeys"]


def test_a_bucket_policy_is_the_one_that_aws_gave():
    [bucket] = collected(Recorded({**whole(), "s3:GetBucketPolicy": {"Policy": DOCUMENT}})).of(Bucket)
    assert bucket.policy == DOCUMENT


def test_calls_are_declared_with_the_data_they_need():
    assert all(isinstance(call, Call) for table in TABLES for call in (table.listing, *table.details))
