import pytest

from hexward.controls.vulnerabilities.hub_aggregates_regions import hub_aggregates_regions
from hexward.inventory import SecurityHubAggregation, SecurityHubRegion
from hexward.model import Status
from tests.build import inventory, judge, seen

ON = seen(SecurityHubRegion, hub_arn="arn:hub")
OFF = seen(SecurityHubRegion, hub_arn=None)


def to(home: str | None, mode: str | None, *listed: str) -> SecurityHubAggregation:
    return seen(SecurityHubAggregation, home=home, linking_mode=mode, listed_regions=listed)


PASS = inventory(to("eu-west-1", "SPECIFIED_REGIONS", "us-east-1"), ON)
FAIL = inventory(to("eu-west-1", "SPECIFIED_REGIONS", "us-west-2"), ON)


@pytest.mark.parametrize(
    ("one", "hub", "status"),
    [
        (to("us-east-1", "ALL_REGIONS"), ON, Status.PASS),
        (to("eu-west-1", "ALL_REGIONS"), ON, Status.PASS),
        (to("eu-west-1", "ALL_REGIONS_EXCEPT_SPECIFIED", "us-east-1"), ON, Status.FAIL),
        (to(None, None), ON, Status.FAIL),
        (to(None, None), OFF, Status.NOT_APPLICABLE),
        (to(None, None), ON.punched("hub_arn"), Status.UNKNOWN),
    ],
)
def test_a_region_is_the_home_of_findings_or_linked_to_it(one, hub, status):
    assert judge(hub_aggregates_regions, one, hub).status is status
