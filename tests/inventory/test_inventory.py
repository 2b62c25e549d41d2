"""Look-ups say yes, surely no, or that it cannot be known; and cost the same however much is missing."""

import pickle
import traceback

import pytest

from hexward.inventory import (
    GLOBAL,
    Bucket,
    Inventory,
    Key,
    Listing,
    NotCollected,
    NotebookInstance,
    Record,
    Role,
    Subnet,
    Workload,
)
from hexward.inventory.record import read, sources
from hexward.model import Gap, Reason
from tests.build import ACCOUNT, NOW, REGION, inventory, seen

OTHER = "eu-west-1"
DENIED = Gap(Reason.DENIED, "refused", "kms:ListKeys", "kms:ListKeys", ACCOUNT, REGION)
KEY = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1")
UNLISTED: dict[tuple[type[Record], str], Gap] = {(Key, REGION): DENIED}


def key_arn(region: str = REGION, account: str = ACCOUNT, name: str = "2") -> str:
    return f"arn:aws:kms:{region}:{account}:key/{name}"


def test_finds_what_was_collected():
    assert inventory(KEY).find(Key, KEY.arn) is KEY


def test_what_was_collected_is_found_even_where_the_listing_broke_off():
    assert inventory(KEY, unlisted=UNLISTED).find(Key, KEY.arn) is KEY


def test_what_a_whole_listing_lacks_surely_is_not_there():
    assert inventory(KEY).find(Key, key_arn()) is None


def test_kinds_do_not_answer_for_each_other():
    assert inventory(KEY).find(Role, KEY.arn) is None


@pytest.mark.parametrize(
    ("arn", "region", "unlisted", "why"),
    [
        (key_arn(), "", UNLISTED, "denied"),
        (key_arn(), "", {(Key, GLOBAL): DENIED}, "denied"),
        ("arn:aws:s3:::train", "", {(Bucket, GLOBAL): DENIED}, "denied"),
        ("arn:aws:s3:::train", REGION, {(Bucket, REGION): DENIED}, "denied"),
        (key_arn(account="999999999999"), "", {}, "another account"),
        (key_arn(OTHER), "", {}, "not asked for"),
        ("arn:aws:s3:::train", OTHER, {}, "not asked for"),
    ],
)
def test_what_may_be_where_nobody_looked_is_not_denied(arn, region, unlisted, why):
    kind = Bucket if ":s3:" in arn else Key
    with pytest.raises(NotCollected, match=kind.__name__) as missing:
        inventory(unlisted=unlisted).find(kind, arn, region)
    assert why in f"{missing.value} {missing.value.gap.detail}"


@pytest.mark.parametrize("unlisted", [{(Key, OTHER): DENIED}, {(Role, REGION): DENIED}, {(Role, GLOBAL): DENIED}])
def test_gaps_elsewhere_do_not_matter(unlisted):
    assert inventory(unlisted=unlisted).find(Key, key_arn()) is None


@pytest.mark.parametrize("arn", ["", "key/1", "arn", "arn:aws:kms", "::::::", "arn:aws:kms:::"])
def test_what_is_no_arn_is_not_found(arn):
    assert inventory(KEY).find(Key, arn) is None


def notebook(name: str, **fields: object) -> NotebookInstance:
    arn = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:notebook-instance/{name}"
    return seen(NotebookInstance, arn, region=REGION, **fields)


def test_by_a_field_gives_those_that_have_the_value():
    mine, other = notebook("a", subnet_id="s1"), notebook("b", subnet_id="s2")
    assert list(inventory(mine, other).by(NotebookInstance, "subnet_id", "s1")) == [mine]
    assert list(inventory(mine, other).by(NotebookInstance, "subnet_id", "s3")) == []


def test_by_a_list_gives_those_that_hold_the_value_once():
    both, one = notebook("a", security_groups=("g1", "g2", "g1")), notebook("b", security_groups=("g2",))
    account = inventory(both, one, notebook("c", security_groups=None))
    assert list(account.by(NotebookInstance, "security_groups", "g2")) == [both, one]
    assert list(account.by(NotebookInstance, "security_groups", "g1")) == [both]


def test_by_a_property_of_a_workload():
    job = seen(Workload, roles=(), subnets=())
    assert list(inventory(job).by(Workload, "role_arns", "r")) == []


def test_one_that_was_not_read_may_belong_too():
    known, unread = notebook("a", subnet_id="s1"), notebook("b")
    listing = inventory(known, unread).by(NotebookInstance, "subnet_id", "s1")
    assert listing.records == (known,)
    with pytest.raises(NotCollected, match="subnet_id"):
        list(listing)


def test_a_kind_that_was_not_listed_may_have_more_of_the_value():
    account = inventory(KEY.partial({}, arn=KEY.arn, account=ACCOUNT, region=REGION, key_id="1"), unlisted=UNLISTED)
    with pytest.raises(NotCollected):
        list(account.by(Key, "key_id", "1"))


def test_ten_thousand_refusals_of_one_call_are_one_gap():
    gap = Gap(
        Reason.DENIED, "x", "sagemaker:DescribeNotebookInstance", "sagemaker:DescribeNotebookInstance", ACCOUNT, REGION
    )
    arn = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:notebook-instance/"
    unread = [NotebookInstance.partial({"subnet_id": gap}, arn=f"{arn}{n}", region=REGION) for n in range(10_000)]
    assert len(inventory(*unread).by(NotebookInstance, "subnet_id", "s1").gaps) == 1


def test_refusals_of_several_calls_are_told_apart():
    gaps = [Gap(Reason.DENIED, "x", call) for call in ("a:B", "c:D")]
    unread = [NotebookInstance.partial({"subnet_id": gap}, arn=gap.call) for gap in gaps]
    assert [missing.gap for missing in inventory(*unread).by(NotebookInstance, "subnet_id", "s").gaps] == gaps


def test_the_gaps_of_a_kind_come_in_the_order_of_regions():
    gaps = {region: Gap(Reason.DENIED, "x", region=region) for region in (REGION, OTHER, "ap-south-1")}
    account = Inventory(ACCOUNT, NOW, gaps, [], {(Key, region): gap for region, gap in gaps.items()})
    assert [missing.gap.region for missing in account.of(Key).gaps] == ["ap-south-1", OTHER, REGION]


def test_an_unlisted_kind_is_neither_empty_nor_not():
    with pytest.raises(NotCollected):
        bool(inventory(unlisted=UNLISTED).of(Key))
    assert bool(inventory(KEY, unlisted=UNLISTED).of(Key)) is True
    assert bool(inventory().of(Key)) is False


def test_raising_the_same_gap_again_and_again_remembers_nobody():
    listing = inventory(unlisted=UNLISTED).of(Key)
    assert isinstance(listing, Listing)
    for _ in range(100):
        with pytest.raises(NotCollected) as missing:
            list(listing)
    assert len(traceback.extract_tb(missing.value.__traceback__)) < 10
    assert listing.gaps[0].__traceback__ is None


def test_a_missing_value_can_be_sent_to_another_process():
    there = pickle.loads(pickle.dumps(NotCollected("Key.state", DENIED)))  # noqa: S301  (our own bytes)
    assert (str(there), there.what, there.gap) == (str(NotCollected("Key.state", DENIED)), "Key.state", DENIED)


def test_a_time_without_a_zone_is_not_taken_for_one_with():
    source = sources(Key)["created"]
    with pytest.raises(ValueError, match="has no time zone"):
        read(source, NOW.replace(tzinfo=None))
    assert read(source, NOW) == NOW


def test_a_subnet_of_a_region_is_found_by_its_arn():
    subnet = seen(Subnet, f"arn:aws:ec2:{REGION}:{ACCOUNT}:subnet/subnet-1")
    assert inventory(subnet).find(Subnet, subnet.arn) is subnet
