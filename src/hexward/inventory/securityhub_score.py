"""The score that Security Hub's console shows and none of its APIs returns, and the arithmetic behind it."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from hexward.inventory.securityhub import SecurityHubFinding
from hexward.model import Status

type Check = tuple[str, Hashable, Status]
"""What was checked, on what, and whether it passed, failed or could not be decided."""

STATUSES = {"PASSED": Status.PASS, "FAILED": Status.FAIL}
"""What Security Hub decides; WARNING and NOT_AVAILABLE say that it could not."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The state of a set of controls.

    `passed`, `failed` and `unknown` count controls; `decided` and `applicable` count checks (control × resource).
    """

    passed: int = 0
    failed: int = 0
    unknown: int = 0
    decided: int = 0
    applicable: int = 0

    @property
    def percent(self) -> int | None:
        """Return round(100 × passed / (passed + failed + unknown)), as Security Hub does; None without any evidence.

        https://docs.aws.amazon.com/securityhub/latest/userguide/standards-security-score.html
        """
        return percent(self.passed, self.passed + self.failed + self.unknown)

    @property
    def coverage(self) -> int | None:
        """Return the share of checks that could be decided, in percent, rounded down; None where nothing applies."""
        return None if self.applicable == 0 else 100 * self.decided // self.applicable


def percent(passed: int, total: int) -> int | None:
    """Return 100 × passed / total, rounded to the nearest whole number as Security Hub does; None where the total is 0."""
    # Python's round() would take halves to the even number.
    return None if total == 0 else (200 * passed + total) // (2 * total)


def tally(checks: Iterable[Check]) -> Tally:
    """Score some checks: a control fails with its first failed resource, and is unknown before it passes.

    Several checks of one control on one resource count once.
    https://docs.aws.amazon.com/securityhub/latest/userguide/controls-overall-status.html
    """
    by_control: dict[str, set[Status]] = defaultdict(set)
    by_resource: dict[tuple[str, Hashable], set[Status]] = defaultdict(set)
    for control, resource, status in checks:
        by_control[control].add(status)
        by_resource[control, resource].add(status)
    states = Counter(
        Status.FAIL if Status.FAIL in held else Status.UNKNOWN if Status.UNKNOWN in held else Status.PASS
        for held in by_control.values()
    )
    decided = sum(Status.UNKNOWN not in held for held in by_resource.values())
    return Tally(states[Status.PASS], states[Status.FAIL], states[Status.UNKNOWN], decided, len(by_resource))


def score_of(findings: Iterable[SecurityHubFinding]) -> Tally:
    """Score the active findings of one standard, or of all for the summary, in which a control counts once.

    Suppressed findings are as if they were not there: a control that has no others has no data and is left out, as disabled controls
    are, and one that failed on nothing else passes. Raises NotCollected for a field that was not read.
    """
    return tally(
        (one.control_id, one.arn, STATUSES.get(one.status, Status.UNKNOWN))
        for one in findings
        if one.workflow != "SUPPRESSED"
    )
