"""Narrows a listing to one region, for things that nothing in another region can use."""

from hexward.inventory.inventory import GLOBAL
from hexward.inventory.record import Listing, Record


def within[R: Record](listing: Listing[R], region: str) -> Listing[R]:
    """Leave out the records and the gaps of other regions, so that one region that may not be read hides nothing in the rest.

    A gap that names no region is kept: it may be anywhere.
    """
    return Listing(
        tuple(one for one in listing.records if one.region in {region, GLOBAL}),
        tuple(missing for missing in listing.gaps if missing.gap.region in {"", GLOBAL, region}),
    )
