import pytest

from hexward.inventory import CloudTrailRegion, Inventory, NotCollected, Trail
from hexward.inventory.cloudtrail import arns, logged_data
from hexward.inventory.event_selectors import DataResource, EventSelector, Extent, Logged
from tests.build import ACCOUNT, REGION, inventory, seen

ARN = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/main"
S3 = "AWS::S3::Object"
BUCKET = "arn:aws:s3:::train/"


def trail(arn: str, read_write: str, *, logging: bool = True) -> Trail:
    selector = EventSelector(read_write_type=read_write, data_resources=(DataResource(S3, ("arn:aws:s3",)),))
    return seen(Trail, arn, is_logging=logging, latest_delivery_error=None, event_selectors=(selector,),
                advanced_event_selectors=None)  # fmt: skip


def account(*trails: Trail, arns: tuple[str, ...] = ()) -> Inventory:
    place = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/*"
    return inventory(seen(CloudTrailRegion, place, trail_arns=(*(one.arn for one in trails), *arns)), *trails)


def test_reads_the_names_of_described_trails_and_nothing_else():
    assert arns([{"TrailARN": ARN, "Name": "main"}]) == [ARN]
    for other in (None, {"TrailARN": ARN}, [ARN], [{"Name": "main"}]):
        with pytest.raises(ValueError, match="not a list of structures with a TrailARN"):
            arns(other)


def test_each_half_may_come_from_another_trail():
    given = account(trail(ARN, "ReadOnly"), trail(f"{ARN}-2", "WriteOnly"))
    assert logged_data(given, S3, BUCKET, REGION).whole


def test_a_stopped_trail_logs_nothing():
    given = account(trail(ARN, "All", logging=False))
    assert logged_data(given, S3, BUCKET, REGION) == Logged(Extent.NOTHING, Extent.NOTHING)


@pytest.mark.parametrize("arn", [f"{ARN}-gone", ARN.replace(ACCOUNT, "999999999999")])
def test_a_trail_that_was_not_described_leaves_open_what_the_others_do_not_log(arn):
    with pytest.raises(NotCollected):
        logged_data(account(trail(ARN, "ReadOnly"), arns=(arn,)), S3, BUCKET, REGION)
    assert logged_data(account(trail(ARN, "All"), arns=(arn,)), S3, BUCKET, REGION).whole


def test_a_region_whose_trails_were_not_listed_is_not_one_without_trails():
    with pytest.raises(NotCollected):
        logged_data(inventory(), S3, BUCKET, REGION)
