"""Theorems about policies, over all requests: that a change gives nothing new, and that two documents mean the same."""

from hexward.iam.compare import Comparison
from hexward.iam.document import Document
from hexward.iam.errors import PolicyError
from hexward.iam.policy import Layer
from hexward.iam.proof import Outcome, Proof


def no_new_access(old: Document, new: Document, kind: str = "identity") -> Proof:
    """Prove that the old document allows everything that the new one allows, or find a request that refutes it.

    `kind` is identity, or resource for the policies of buckets and keys and for trust policies. Raises PolicyError for a malformed one.
    """
    return Comparison(old, new, _layer(kind), ("old", "new")).proof()


def equivalent(one: Document, other: Document, kind: str = "identity") -> Proof:
    """Prove that two documents allow the same, or find a request that one of them allows alone. Raises PolicyError."""
    layer = _layer(kind)
    there = Comparison(one, other, layer, ("one", "other")).proof()
    if there.verdict is Outcome.REFUTED:
        return there
    back = Comparison(other, one, layer, ("other", "one")).proof()
    if back.verdict is Outcome.REFUTED or there.verdict is Outcome.PROVED:
        return back
    return there


def _layer(kind: str) -> Layer:
    if kind not in {"identity", "resource"}:
        raise PolicyError("kind", f"is identity or resource, not {kind!r}")
    return Layer(kind)
