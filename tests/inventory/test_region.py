import pytest

from hexward.inventory import GLOBAL, Listing, NotCollected, Subnet
from hexward.inventory.region import within
from hexward.model import Gap, Reason
from tests.build import REGION, seen


def gap(region: str) -> NotCollected:
    return NotCollected("Subnet", Gap(Reason.DENIED, "no", region=region))


HERE, THERE = seen(Subnet, "a"), seen(Subnet, "b", region="eu-west-1")


def test_keeps_the_records_of_the_region():
    assert tuple(within(Listing((HERE, THERE)), REGION)) == (HERE,)


@pytest.mark.parametrize(("region", "kept"), [("eu-west-1", 0), (REGION, 1), (GLOBAL, 1), ("", 1)])
def test_keeps_the_gaps_that_may_be_of_the_region(region, kept):
    assert len(within(Listing((), (gap(region),)), REGION).gaps) == kept
