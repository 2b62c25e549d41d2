"""One event that one rule matches, with all that a correlation and an alert need of it; small enough to be kept by the million."""

from functools import lru_cache

import msgspec

from hexward.detections.match import text

USUAL = 512
"""How long all texts of a hit are together, at most, but for a few hits."""


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
        texts = (self.event, self.principal, self.account, self.region, self.says, self.group, self.value)
        return 1 + weight_of(*texts, *self.targets)


def weight_of(*texts: str) -> int:
    """Return how many hits of usual length take as much memory as these texts, if they are longer than usual."""
    return sum(map(len, texts)) // USUAL


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

    @property
    def weight(self) -> int:
        """Return how many hits of usual length it takes as much memory as."""
        return weight_of(self.group, self.principal, self.account, self.region, self.before, self.behind, self.value)


MOST_WEIGHT = 8
_one_of = lru_cache(maxsize=10_000)(Head)


def one_head(head: Head) -> Head:
    """Return the one head of those that agree in all, unless it is too long to be remembered."""
    return _one_of(*msgspec.structs.astuple(head)) if head.weight < MOST_WEIGHT else head
