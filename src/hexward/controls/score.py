"""How well an account stands: the Security Hub formula over controls, and beside it how much could be decided at all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hexward.controls.control import Control
from hexward.frameworks import frameworks
from hexward.inventory.securityhub_score import Score, tally
from hexward.model import Finding, Kind, Status


def score(findings: Iterable[Finding]) -> Score:
    """Score the findings of risk controls, by Security Hub's rules; several faults of one control on one resource count once."""
    return tally(
        (one.control, (one.account, one.resource, one.region), one.status)
        for one in findings
        if one.kind is Kind.RISK and one.status not in {Status.NOT_APPLICABLE, Status.EXCEPTED}
    )


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
