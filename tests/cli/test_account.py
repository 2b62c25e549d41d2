from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import boto3
import pytest

from hexward.aws import Connection, Reader
from hexward.cli._account import ask_again, enabled_regions
from hexward.inventory import GuardDutyRegion
from hexward.inventory.run import About, Run
from hexward.model import Gap, Reason
from tests.build import ACCOUNT, NOW

CONNECTION = Connection(
    boto3.Session("test", "test", region_name="eu-west-1"),
    ACCOUNT,
    "arn:aws:iam::111122223333:user/x",
    "aws",
    lambda *_: None,
)


def reader(page: dict[str, object]) -> Reader:
    return Reader(lambda *_: iter([page]), ACCOUNT)


def test_the_enabled_regions_are_those_that_aws_tells():
    rows = [{"RegionName": "us-west-2"}, {"RegionName": "eu-west-1"}]
    assert enabled_regions(reader({"Regions": rows}), CONNECTION) == (("eu-west-1", "us-west-2"), None)


@pytest.mark.parametrize(
    "page", [{}, {"Regions": []}, {"Regions": "all"}, {"Regions": [{"RegionName": "us-west-2"}, {"Name": "x"}]}]
)
def test_a_list_of_regions_that_cannot_be_read_is_a_gap_of_no_region(page):
    regions, gap = enabled_regions(reader(page), CONNECTION)
    assert {"eu-west-1", "us-east-1"} <= set(regions)
    assert gap is not None
    assert (gap.reason, gap.call, gap.region) == (Reason.MALFORMED, "ec2:DescribeRegions", "")


def test_regions_that_could_not_be_told_leave_every_regional_kind_open():
    gap = Gap(Reason.DENIED, "no", "ec2:DescribeRegions", "ec2:DescribeRegions")
    run = Run(About(account=ACCOUNT, regions=("us-east-1",), regions_gap=gap, collected_at=NOW))
    run.listed(GuardDutyRegion, "us-east-1", None)
    listing = run.inventory().of(GuardDutyRegion)
    assert [missing.gap for missing in listing.gaps] == [gap]


def test_a_run_that_goes_on_asks_again_for_regions_that_could_not_be_told():
    gap = Gap(Reason.TIMED_OUT, "no", "ec2:DescribeRegions", "ec2:DescribeRegions")
    run = Run(About(account=ACCOUNT, regions=("eu-west-1", "us-east-1"), regions_gap=gap, collected_at=NOW))
    ask_again(run, reader({"Regions": "all"}), CONNECTION)
    assert run.about.regions_gap is not None
    ask_again(run, reader({"Regions": [{"RegionName": "us-west-2"}, {"RegionName": "us-east-1"}]}), CONNECTION)
    assert run.about.regions_gap is None
    assert run.about.regions == ("eu-west-1", "us-east-1", "us-west-2")


@pytest.mark.parametrize(
    ("partition", "home"), [("aws", "us-east-1"), ("aws-cn", "cn-north-1"), ("aws-us-gov", "us-gov-west-1")]
)
def test_global_services_are_asked_at_the_home_of_the_partition(partition, home):
    asked: list[str] = []

    def pages(service: str, operation: str, region: str, arguments: Mapping[str, object]) -> Iterator[dict[str, Any]]:
        assert (service, operation, dict(arguments)) == ("ec2", "DescribeRegions", {})
        asked.append(region)
        return iter([{"Regions": [{"RegionName": home}]}])

    enabled_regions(Reader(pages, ACCOUNT), replace(CONNECTION, partition=partition))
    assert asked == [home]
