"""Each listing is asked once for all the tables that it feeds, and with the arguments of each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hexward.collect.chore import chores
from hexward.collect.collect import tables, tables_for
from hexward.inventory import GLOBAL, Bucket, CloudTrailRegion, EndpointConfig, Role, Trail, User, Workload
from tests.aws.recorded import Recorded
from tests.collect.account import collected, whole

REGIONS = ("us-east-1", "eu-west-1")


def test_every_table_is_in_one_chore_of_each_place():
    times = Counter((table.record, chore.region) for chore in chores(tables(), REGIONS) for table in chore.tables)
    places = {(t.record, place) for t in tables() for place in (REGIONS if t.everywhere else (GLOBAL,))}
    assert times == Counter(places)


def test_kinds_of_one_listing_are_listed_together():
    [chore] = chores(tables_for([User, Role]), REGIONS)
    assert {table.record for table in chore.tables} == {User, Role}
    assert str(chore) == "iam GetAccountAuthorizationDetails aws-global"


def test_the_same_call_with_other_arguments_is_another_listing():
    wanted = tables_for([CloudTrailRegion, Trail])
    assert len({table.listing.operation for table in wanted}) == 1
    assert [chore.tables for chore in chores(wanted, REGIONS[:1])] == [(table,) for table in wanted]


def test_the_same_call_with_equal_arguments_is_one_listing():
    [table] = tables_for([Bucket])
    twin = replace(table, listing=replace(table.listing, arguments=dict(table.listing.arguments)))
    assert [chore.tables for chore in chores([table, twin], REGIONS)] == [(table, twin)]


def test_trails_away_from_home_record_a_region_and_are_not_its_own():
    def told(_region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        away = {"TrailARN": "arn:aws:cloudtrail:eu-west-1:111122223333:trail/away"}
        return {"trailList": [away] if arguments["includeShadowTrails"] else []}

    pages = Recorded({**whole(), "cloudtrail:DescribeTrails": told})
    seen = collected(pages, tables_for([CloudTrailRegion, Trail]))
    [region] = seen.of(CloudTrailRegion)
    assert region.trail_arns == ("arn:aws:cloudtrail:eu-west-1:111122223333:trail/away",)
    assert seen.of(Trail) == []
    assert pages.asked == {("cloudtrail:DescribeTrails", "us-east-1"): 2}


def test_a_workload_brings_the_kinds_that_it_is_put_together_from():
    assert {table.record for table in tables_for([Workload])} >= {EndpointConfig, Bucket}
