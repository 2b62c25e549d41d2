"""What comes of a question over all requests: proved, refuted by a request, or unknown for a reason that has a name."""

from dataclasses import dataclass
from enum import StrEnum

from hexward.iam.policy import Cited
from hexward.iam.request import Request


class Outcome(StrEnum):
    """What comes of a question; only a construct that is not supported, or was not collected, leaves it unknown."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Proof:
    """An answer and its reasons.

    `witness`: the request that refutes, which the evaluator has been asked about; `because`: the statements that decide it.
    `construct`: what stands in the way, if the answer is unknown. `assuming`: what lies outside of the question, and must be looked at
    elsewhere. `checked`: how many questions about one statement, principal or step were answered. `steps`: for a breach that goes
    through, a request for each of its steps.
    """

    verdict: Outcome
    witness: Request | None = None
    because: tuple[Cited, ...] = ()
    construct: str = ""
    assuming: tuple[str, ...] = ()
    checked: int = 0
    steps: tuple[Request, ...] = ()


def unknown(construct: str, checked: int = 0) -> Proof:
    """Return a proof that could not be completed."""
    return Proof(Outcome.UNKNOWN, construct=construct, checked=checked)
