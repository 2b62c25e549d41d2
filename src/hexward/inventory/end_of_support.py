"""Until when AWS patches the platforms that it offers, as its documentation said on the day that the data file names."""

from datetime import date
from functools import cache
from importlib import resources

import msgspec

from hexward.inventory.record import NotCollected
from hexward.model import Gap, Reason


class Platforms(msgspec.Struct, frozen=True):
    """Platforms of one service: when AWS stops to patch each, None where no end is announced.

    `source` is the page of AWS's documentation, `as_of` the day whose state it tells.
    """

    source: str
    as_of: date
    ends: dict[str, date | None]


@cache
def platforms() -> dict[str, Platforms]:
    """Return the data file: the platforms by service."""
    text = resources.files("hexward.inventory").joinpath("end_of_support.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, Platforms])


def end_of_support(service: str, platform: str) -> date | None:
    """Return the day from which AWS no longer patches a platform, None if no end is announced.

    Raises NotCollected for a platform that the data file does not know: it may be newer than the file.
    """
    known = platforms()[service]
    if platform not in known.ends:
        detail = f"{platform} is not among the platforms that AWS listed on {known.as_of}"
        raise NotCollected(f"{service} platform", Gap(Reason.UNSUPPORTED, detail))
    return known.ends[platform]
