"""Where a region's findings go, and by what a standard goes in findings."""

import pytest

from hexward.inventory import SecurityHubAggregation, SecurityHubFinding, SecurityHubStandard
from hexward.inventory.securityhub import standards_ids
from tests.build import seen


@pytest.mark.parametrize(
    ("home", "mode", "listed", "reaches"),
    [
        (None, None, None, False),
        ("us-east-1", "NO_REGIONS", None, True),
        ("eu-west-1", "NO_REGIONS", None, False),
        ("eu-west-1", "ALL_REGIONS", None, True),
        ("eu-west-1", "ALL_REGIONS_EXCEPT_SPECIFIED", ("us-west-2",), True),
        ("eu-west-1", "ALL_REGIONS_EXCEPT_SPECIFIED", ("us-east-1",), False),
        ("eu-west-1", "SPECIFIED_REGIONS", ("us-east-1",), True),
        ("eu-west-1", "SPECIFIED_REGIONS", ("us-west-2",), False),
        ("eu-west-1", "A_MODE_TO_COME", ("us-east-1",), False),
    ],
)
def test_a_region_reaches_home_as_its_linking_mode_says(home, mode, listed, reaches):
    one = seen(SecurityHubAggregation, home=home, linking_mode=mode, listed_regions=listed)
    assert one.reaches_home is reaches


@pytest.mark.parametrize(
    ("arn", "name"),
    [
        ("arn:aws:securityhub:us-east-1::standards/pci-dss/v/4.0.1", "standards/pci-dss/v/4.0.1"),
        ("arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0", "ruleset/cis-aws-foundations-benchmark/v/1.2.0"),
    ],
)  # fmt: skip
def test_a_standard_goes_by_the_end_of_its_arn(arn, name):
    assert seen(SecurityHubStandard, standards_arn=arn).standards_id == name


def test_a_copy_in_the_home_region_says_where_it_was_found():
    arn = "arn:aws:securityhub:eu-west-1:111122223333:security-control/S3.1/finding/1"
    assert seen(SecurityHubFinding, arn, region="us-east-1").found_in == "eu-west-1"
    assert seen(SecurityHubFinding, "id-of-a-stranger", region="us-east-1").found_in == "us-east-1"


@pytest.mark.parametrize("junk", ["text", [1], [{}], {"StandardsId": "x"}])
def test_standards_of_another_shape_are_malformed(junk):
    with pytest.raises(ValueError, match="list of ids"):
        standards_ids(junk)
