import pytest

from hexward.controls.trail.trail_in_all_regions import trail_in_all_regions
from hexward.inventory import CloudTrailRegion
from hexward.inventory.event_selectors import FieldSelector
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.trail.trails import ARN, advanced, basic, region, trail

NO_KEYS = FieldSelector("eventSource", not_equals=("kms.amazonaws.com",))

PASS = inventory(region(), trail(basic()))
FAIL = inventory(region(), trail(basic(), logging=False))


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (trail(), Status.PASS),
        (trail(advanced("Management")), Status.PASS),
        (trail(basic(read_write_type="WriteOnly"), basic(read_write_type="ReadOnly")), Status.PASS),
        (trail(basic(), everywhere=False), Status.FAIL),
        (trail(basic(), error="NoSuchBucket"), Status.FAIL),
        (trail(basic(read_write_type="WriteOnly")), Status.FAIL),
        (trail(basic(include_management_events=False)), Status.FAIL),
        (trail(basic(exclude_management_event_sources=("kms.amazonaws.com",))), Status.FAIL),
        (trail(advanced("Management", "", NO_KEYS)), Status.FAIL),
        (trail(advanced("Management", "", FieldSelector("readOnly", equals=("false",)))), Status.FAIL),
        (trail(advanced("Data", "AWS::S3::Object")), Status.FAIL),
    ],
)
def test_some_trail_must_record_everything_everywhere(one, status):
    assert judge(trail_in_all_regions, region(), one).status is status


def test_one_whole_trail_suffices_beside_one_that_could_not_be_read():
    unread = trail(basic(), arn=f"{ARN}-2").punched("is_logging")
    assert judge(trail_in_all_regions, region(unread.arn, ARN), unread, trail(basic())).status is Status.PASS
    assert judge(trail_in_all_regions, region(unread.arn), unread).status is Status.UNKNOWN


def test_a_region_without_a_trail_fails():
    assert judge(trail_in_all_regions, seen(CloudTrailRegion, trail_arns=())).status is Status.FAIL


@pytest.mark.parametrize("arn", [ARN.replace("111122223333", "999999999999"), ARN.replace("us-east-1", "eu-west-3")])
def test_a_trail_of_the_organisation_or_with_an_unasked_home_is_unknown_where_its_settings_are_not_to_be_seen(arn):
    assert judge(trail_in_all_regions, region(arn)).status is Status.UNKNOWN
