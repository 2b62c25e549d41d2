"""How well an account stands: the Security Hub formula over controls, and beside it how much could be decided at all."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hexward.model import Finding, Kind, Status


@dataclass(frozen=True, slots=True)
class Score:
    """The state of a set of controls.

    `passed`, `failed` and `unknown` count controls; `decided` and `applicable` count findings (control × resource).
    """

    passed: int
    failed: int
    unknown: int
    decided: int
    applicable: int

    @property
    def percent(self) -> int | None:
        """Return round(100 × passed / (passed + failed + unknown)), as Security Hub does; None without any evidence.

        https://docs.aws.amazon.com/securityhub/latest/userguide/standards-security-score.html
        """
        total = self.passed + self.failed + self.unknown
        # Security Hub rounds to the nearest whole number; Python's round() would take halves to the even one.
        return None if total == 0 else (200 * self.passed + total) // (2 * total)

    @property
    def coverage(self) -> int | None:
        """Return the share of findings that could be decided, in percent, rounded down; None where nothing applies."""
        return None if self.applicable == 0 else 100 * self.decided // self.applicable


def score(findings: Iterable[Finding]) -> Score:
    """Score the findings of risk controls; a control fails with its first failed resource, and is unknown before it passes.

    Several faults of one control on one resource count once.
    """
    by_control: dict[str, set[Status]] = defaultdict(set)
    by_resource: dict[tuple[str, str, str], set[Status]] = defaultdict(set)
    for finding in findings:
        if finding.kind is Kind.RISK and finding.status is not Status.NOT_APPLICABLE:
            by_control[finding.control].add(finding.status)
            by_resource[finding.control, finding.resource, finding.region].add(finding.status)
    states = Counter(
        Status.FAIL if Status.FAIL in held else Status.UNKNOWN if Status.UNKNOWN in held else Status.PASS
        for held in by_control.values()
    )
    decided = sum(Status.UNKNOWN not in held for held in by_resource.values())
    return Score(states[Status.PASS], states[Status.FAIL], states[Status.UNKNOWN], decided, len(by_resource))
