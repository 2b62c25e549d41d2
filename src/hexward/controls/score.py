"""How well an account stands: the Security Hub formula over controls, and beside it how much could be decided at all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from hexward.controls.control import Control
from hexward.frameworks import Framework, Requirement, frameworks
from hexward.inventory.securityhub_score import Tally, percent, tally
from hexward.model import Finding, Kind, Severity, Status

WEIGHTS = {Severity.LOW: 1, Severity.MEDIUM: 2, Severity.HIGH: 4, Severity.CRITICAL: 8}
"""What a control counts for in the weighted score; each severity counts for twice the one below."""


@dataclass(frozen=True, slots=True)
class Score(Tally):
    """The state of a set of controls, by Security Hub's rules and beside them.

    `excepted` counts findings that somebody accepted; `weight_passed` and `weight` are the controls' weights by severity.
    """

    excepted: int = 0
    weight_passed: int = 0
    weight: int = 0

    @property
    def weighted(self) -> int | None:
        """Return the score with each control counted by its severity: what is left of a critical fault shows here."""
        return percent(self.weight_passed, self.weight)

    def __add__(self, other: "Score") -> "Score":
        """Put the states of two sets of controls together that have none in common."""
        return Score(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def by_control(findings: Iterable[Finding]) -> dict[str, Score]:
    """Score each risk control by itself: it fails with its first failed resource, and is unknown before it passes.

    Several faults of one control on one resource count once.
    """
    states: dict[str, dict[tuple[str, str, str], set[Status]]] = defaultdict(lambda: defaultdict(set))
    weights: dict[str, int] = {}
    for finding in findings:
        if finding.kind is Kind.RISK and finding.status is not Status.NOT_APPLICABLE:
            place = (finding.account, finding.resource, finding.region)
            states[finding.control][place].add(finding.status)
            weights[finding.control] = WEIGHTS[finding.severity]
    return {control: _of_control(held, weights[control]) for control, held in states.items()}


def _of_control(held: Mapping[tuple[str, str, str], set[Status]], weight: int) -> Score:
    excepted = sum(Status.EXCEPTED in statuses for statuses in held.values())
    checks = [("", place, status) for place, statuses in held.items() for status in statuses - {Status.EXCEPTED}]
    if not checks:
        return Score(excepted=excepted)
    found = tally(checks)
    return Score(
        found.passed, found.failed, found.unknown, found.decided, found.applicable, excepted, weight * found.passed, weight
    )  # fmt: skip


def total(scores: Iterable[Score]) -> Score:
    """Put the states of controls together."""
    return sum(scores, Score())


def score(findings: Iterable[Finding]) -> Score:
    """Score the findings of risk controls together."""
    return total(by_control(findings).values())


@dataclass(frozen=True, slots=True)
class RequirementScore:
    """One requirement of a framework, and the controls that serve it; without any, nobody judged it."""

    requirement: Requirement
    controls: tuple[str, ...]
    score: Score

    @property
    def status(self) -> Status | None:
        """Return how its risk controls stand, the worst first; None where none serves it or none found anything to judge."""
        for status, count in (
            (Status.FAIL, self.score.failed),
            (Status.UNKNOWN, self.score.unknown),
            (Status.PASS, self.score.passed),
        ):
            if count:
                return status
        return None


@dataclass(frozen=True, slots=True)
class FrameworkScore:
    """The state of the controls that serve one framework, and of each of its requirements."""

    framework: Framework
    score: Score
    requirements: tuple[RequirementScore, ...]

    @property
    def served(self) -> int:
        """Count the requirements that a control is mapped to, whatever that control found."""
        return sum(bool(one.controls) for one in self.requirements)

    @property
    def unserved(self) -> int:
        """Count the requirements that nobody judged."""
        return len(self.requirements) - self.served


def by_framework(scores: Mapping[str, Score], controls: Iterable[Control]) -> dict[str, FrameworkScore]:
    """Score each framework, by its id, over the risk controls that are mapped to it; `scores` are those of `by_control`.

    Advice and evidence serve a requirement too, and never score.

    A control's mapping is read from the control, never from its findings, so that old runs count under today's mapping.
    """
    serving: dict[str, list[str]] = defaultdict(list)
    for control in controls:
        for name in control.frameworks:
            serving[name].append(control.id)
    return {framework.id: _of_framework(framework, scores, serving) for framework in frameworks()}


def _of_framework(
    framework: Framework, scores: Mapping[str, Score], serving: Mapping[str, list[str]]
) -> FrameworkScore:
    def of(controls: Iterable[str]) -> Score:
        return total(scores[control] for control in controls if control in scores)

    served = [(one, tuple(serving.get(f"{framework.id}:{one.id}", ()))) for one in framework.requirements]
    return FrameworkScore(
        framework,
        of(dict.fromkeys(control for _, controls in served for control in controls)),
        tuple(RequirementScore(one, controls, of(controls)) for one, controls in served),
    )
