"""How well an account stands: the Security Hub formula over controls, and beside it how much could be decided at all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hexward.controls.control import Control
from hexward.frameworks import Framework, Requirement, frameworks
from hexward.model import Finding, Kind, Severity, Status

WEIGHTS = {Severity.LOW: 1, Severity.MEDIUM: 2, Severity.HIGH: 4, Severity.CRITICAL: 8}
"""What a control counts for in the weighted score; each severity counts for twice the one below."""


@dataclass(frozen=True, slots=True)
class Score:
    """The state of a set of controls.

    `passed`, `failed` and `unknown` count controls; `decided` and `applicable` count findings (control × resource), and so does
    `excepted`, of those that somebody accepted. `weight_passed` and `weight` are the controls' weights by severity.
    """

    passed: int = 0
    failed: int = 0
    unknown: int = 0
    decided: int = 0
    applicable: int = 0
    excepted: int = 0
    weight_passed: int = 0
    weight: int = 0

    @property
    def percent(self) -> int | None:
        """Return round(100 × passed / (passed + failed + unknown)), as Security Hub does; None without any evidence.

        https://docs.aws.amazon.com/securityhub/latest/userguide/standards-security-score.html
        """
        return percent(self.passed, self.passed + self.failed + self.unknown)

    @property
    def weighted(self) -> int | None:
        """Return the same with each control counted by its severity: what is left of a critical fault shows here."""
        return percent(self.weight_passed, self.weight)

    @property
    def coverage(self) -> int | None:
        """Return the share of findings that could be decided, in percent, rounded down; None where nothing applies."""
        return None if self.applicable == 0 else 100 * self.decided // self.applicable

    def __add__(self, other: "Score") -> "Score":
        """Put the states of two sets of controls together that have none in common."""
        return Score(*(getattr(self, name) + getattr(other, name) for name in Score.__slots__))


def percent(passed: int, total: int) -> int | None:
    """Return 100 × passed / total, rounded to the nearest whole number as Security Hub does; None where the total is 0."""
    # Python's round() would take halves to the even number.
    return None if total == 0 else (200 * passed + total) // (2 * total)


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
    return {control: _of_control(list(held.values()), weights[control]) for control, held in states.items()}


def _of_control(resources: list[set[Status]], weight: int) -> Score:
    excepted = sum(Status.EXCEPTED in held for held in resources)
    judged = [held - {Status.EXCEPTED} for held in resources if held != {Status.EXCEPTED}]
    if not judged:
        return Score(excepted=excepted)
    every = set().union(*judged)
    state = next(status for status in (Status.FAIL, Status.UNKNOWN, Status.PASS) if status in every)
    return Score(
        passed=int(state is Status.PASS),
        failed=int(state is Status.FAIL),
        unknown=int(state is Status.UNKNOWN),
        decided=sum(Status.UNKNOWN not in held for held in judged),
        applicable=len(judged),
        excepted=excepted,
        weight_passed=weight if state is Status.PASS else 0,
        weight=weight,
    )


def total(scores: Iterable[Score]) -> Score:
    """Put the states of controls together."""
    return sum(scores, Score())


def score(findings: Iterable[Finding]) -> Score:
    """Score the findings of risk controls together."""
    return total(by_control(findings).values())


@dataclass(frozen=True, slots=True)
class RequirementScore:
    """One requirement of a framework, and the risk controls that serve it; without any, nobody judged it."""

    requirement: Requirement
    controls: tuple[str, ...]
    score: Score

    @property
    def status(self) -> Status | None:
        """Return how its controls stand, the worst first; None where none serves it or none found anything to judge."""
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

    A control's mapping is read from the control, never from its findings, so that old runs count under today's mapping.
    """
    serving: dict[str, list[str]] = defaultdict(list)
    for control in controls:
        for name in control.frameworks if control.kind is Kind.RISK else ():
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
