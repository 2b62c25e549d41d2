"""One event that one rule matches, with all that a correlation and an alert need of it; small enough to be kept by the million."""

from functools import lru_cache

import msgspec

from hexward.detections.match import text
from hexward.events.values import is_short


class Hit(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """Hits sort by time, so that whoever merges them has the same order whatever came first; in one moment by detection and rule.

    CloudTrail tells seconds: of what happened in one of them nobody knows the order, and it is taken for that of a detection's rules.

    `time` is milliseconds since 1970 in UTC; `detection` and `rule` are places in the engine's list and in the detection;
    `group` is the fields that a correlation groups by, `value` the one that it counts or sums; `says` what happened, and
    `targets` are the things that it happened to, where hits tell that.
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
    targets: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """Return how many hits of usual length it takes as much memory as."""
        return 1 + ((len(self.event) + len(self.says) + len(self.group) + len(self.value)) >> 8)


type Row = tuple[int, str, str, str | float, tuple[str, ...]]
"""What tells one hit from others of its kind: its time, its event, what stands between what its head says, its value and targets."""


class Head(msgspec.Struct, frozen=True, array_like=True, eq=False, gc=False):
    """What hits of one kind agree in; each head is itself alone, which makes it quick to find."""

    detection: int
    rule: int
    group: str
    principal: str
    account: str
    region: str
    before: str = ""
    behind: str = ""
    value: str = ""
    """The value of all of them; empty where each row has its own."""

    def hit(self, row: Row) -> Hit:
        """Return one of the hits."""
        time, event, says, value, targets = row
        return Hit(
            time,
            self.detection,
            self.rule,
            event,
            self.principal,
            self.account,
            self.region,
            f"{self.before}{says}{self.behind}",
            self.group,
            self.value or text(value),
            targets,
        )


_remembered = lru_cache(maxsize=10_000)(Head)


def head_of(*members: int | str) -> Head:
    """Return the same head of the same members, as long as it is remembered."""
    short = is_short(*(one for one in members if isinstance(one, str)))
    return _remembered(*members) if short else Head(*members)  # type: ignore[arg-type]
