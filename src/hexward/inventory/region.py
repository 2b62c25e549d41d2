"""Narrows a listing to one region, for things that nothing in another region can use; and where global services are at home."""

from hexward.inventory.inventory import GLOBAL
from hexward.inventory.record import Listing, Record

HOMES = {"aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}
"""Where partitions keep their global services, but for us-east-1."""


def home_of(partition: str) -> str:
    """Return the region that a partition keeps its global services in, such as IAM."""
    return HOMES.get(partition, "us-east-1")


def within[R: Record](listing: Listing[R], region: str) -> Listing[R]:
    """Leave out the records and the gaps of other regions, so that one region that may not be read hides nothing in the rest.

    A gap that names no region is kept: it may be anywhere.
    """
    if not listing.records and not listing.gaps:
        return listing
    return Listing(
        tuple(one for one in listing.records if one.region in {region, GLOBAL}),
        tuple(missing for missing in listing.gaps if missing.gap.region in {"", GLOBAL, region}),
    )
