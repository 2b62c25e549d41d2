"""One event that one rule matches, with all that a correlation and an alert need of it; small enough to be kept by the million."""

import msgspec


class Hit(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """Hits sort by time, so that whoever merges them has the same order whatever came first; in one moment by detection and rule.

    CloudTrail tells seconds: of what happened in one of them nobody knows the order, and it is taken for that of a detection's rules.

    `time` is milliseconds since 1970 in UTC; `detection` and `rule` are places in the engine's list and in the detection;
    `group` is the fields that a correlation groups by, `value` the one that it counts or sums; `says` what happened.
    """

    time: int
    detection: int
    rule: int
    event: str
    principal: str
    account: str
    region: str
    says: str
    group: str = ""
    value: str = ""
