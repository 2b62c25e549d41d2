"""A whole account, collected over HTTP from an emulated AWS: what it holds is seen, and hardly a request is wasted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from hexward.aws import Connection, Live, Pages, Reader
from hexward.aws.emulated import Emulated
from hexward.collect.chore import chores
from hexward.collect.collect import Collector, tables
from hexward.drill.range import emulated_account
from hexward.drill.startup import build
from hexward.inventory import GLOBAL, Bucket, Key, NotebookInstance, Role, Subnet, User
from tests.build import NOW
from tests.collect.account import Seen

pytestmark = pytest.mark.emulator

REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1")


class Asking:
    """Passes calls on, and counts how often each was made with the same arguments."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.asked: Counter[str] = Counter()

    def __call__(
        self, service: str, operation: str, region: str, arguments: Mapping[str, object]
    ) -> Iterator[dict[str, Any]]:
        self.asked[f"{service}:{operation} {region} {sorted(arguments.items())}"] += 1
        yield from self.pages(service, operation, region, arguments)


@dataclass
class Collection:
    """What was seen, and what it took."""

    seen: Seen
    asked: Counter[str]
    requests: int
    connection: Connection
    emulated: Emulated


@pytest.fixture(scope="module")
def collection() -> Iterator[Collection]:
    with emulated_account() as account:
        emulated = Emulated(account.endpoint_url)
        build(emulated)
        connection = emulated.connection()
        live = Live(connection)
        asking = Asking(live)
        seen = Seen()
        for _ in Collector(Reader(asking, connection.account), connection, REGIONS, NOW).collect(
            chores(tables(), REGIONS), seen
        ):
            pass
        live.clients.close()
        yield Collection(seen, asking.asked, live.requests.total(), connection, emulated)


def needed(seen: Seen) -> int:
    """Count the calls that a perfect collector would make: each list once, and each detail that the thing can have once."""
    details = sum(len(table.details) * len(seen.of(table.record)) for table in tables())
    not_asked = sum(3 for key in seen.of(Key) if key.known().get("manager") == "AWS")
    told_in_the_list = len(seen.of(Bucket))
    credential_report = 2
    return len(chores(tables(), REGIONS)) + details - not_asked - told_in_the_list + credential_report


def test_hardly_a_request_is_wasted(collection):
    assert collection.requests <= 1.2 * needed(collection.seen)


def test_nothing_is_asked_twice_but_whether_the_report_is_written(collection):
    again = [call.partition(" ")[0] for call, times in collection.asked.items() if times > 1]
    assert set(again) <= {"iam:GenerateCredentialReport"}


def test_every_listing_is_told_of(collection):
    places = {(t.record, place) for t in tables() for place in (REGIONS if t.everywhere else (GLOBAL,))}
    assert {(kind, region) for kind, region in collection.seen.listings} == places


@pytest.mark.parametrize(
    ("kind", "service", "operation", "listed", "name"),
    [
        (Role, "iam", "ListRoles", "Roles", "RoleName"),
        (User, "iam", "ListUsers", "Users", "UserName"),
        (Bucket, "s3", "ListBuckets", "Buckets", "Name"),
    ],
)
def test_what_the_account_holds_is_seen(collection, kind, service, operation, listed, name):
    told = collection.emulated.call(f"{service}:{operation}", REGIONS[0], {})[listed]
    assert sorted(one.name for one in collection.seen.of(kind)) == sorted(one[name] for one in told)
    assert told


@pytest.mark.parametrize("region", REGIONS)
def test_what_each_region_holds_is_seen_there(collection, region):
    told = collection.emulated.call("ec2:DescribeSubnets", region, {})["Subnets"]
    found = {one.subnet_id for one in collection.seen.of(Subnet) if one.region == region}
    assert found == {one["SubnetId"] for one in told}
    told = collection.emulated.call("sagemaker:ListNotebookInstances", region, {})["NotebookInstances"]
    found = {one.name for one in collection.seen.of(NotebookInstance) if one.region == region}
    assert found == {one["NotebookInstanceName"] for one in told}


def test_every_arn_is_of_the_account_or_of_aws(collection):
    owners = {one.arn.split(":")[4] for one in collection.seen.records}
    assert owners <= {collection.connection.account, "aws", ""}


def test_every_gap_names_its_call_and_its_reason(collection):
    assert [gap for gap in collection.seen.gaps if not gap.call or not gap.reason] == []
