"""How well an account stands: the Security Hub formula over controls, and beside it how much could be decided at all."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hexward.controls.control import Control
from hexward.frameworks import frameworks
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
    by_resource: dict[tuple[str, str, str, str], set[Status]] = defaultdict(set)
    for finding in findings:
        if finding.kind is Kind.RISK and finding.status not in {Status.NOT_APPLICABLE, Status.EXCEPTED}:
            by_control[finding.control].add(finding.status)
            by_resource[finding.control, finding.account, finding.resource, finding.region].add(finding.status)
    states = Counter(
        Status.FAIL if Status.FAIL in held else Status.UNKNOWN if Status.UNKNOWN in held else Status.PASS
        for held in by_control.values()
    )
    decided = sum(Status.UNKNOWN not in held for held in by_resource.values())
    return Score(states[Status.PASS], states[Status.FAIL], states[Status.UNKNOWN], decided, len(by_resource))


@dataclass(frozen=True, slots=True)
class FrameworkScore:
    """The state of the controls that serve one framework; `served` and `unserved` count its requirements.

    A requirement is served where a control is mapped to it, whatever that control found: what is unserved nobody judged.
    """

    score: Score
    served: int
    unserved: int


def by_framework(findings: Iterable[Finding], controls: Iterable[Control]) -> dict[str, FrameworkScore]:
    """Score each framework, by its id, over the risk controls that are mapped to it.

    A control's mapping is read from the control, never from its findings, so that old runs count under today's mapping.
    """
    found = list(findings)
    serving: dict[str, set[str]] = defaultdict(set)
    served: dict[str, set[str]] = defaultdict(set)
    for control in controls:
        for framework, _, requirement in (name.partition(":") for name in control.frameworks):
            if control.kind is Kind.RISK:
                serving[framework].add(control.id)
                served[framework].add(requirement)
    return {
        framework.id: FrameworkScore(
            score(finding for finding in found if finding.control in serving[framework.id]),
            served=sum(one.id in served[framework.id] for one in framework.requirements),
            unserved=sum(one.id not in served[framework.id] for one in framework.requirements),
        )
        for framework in frameworks()
    }
