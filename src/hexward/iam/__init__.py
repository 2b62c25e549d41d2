"""What IAM policies permit: parse a policy, match its parts, decide a request; and prove what holds of all requests.

decide(Request("arn:aws:iam::111122223333:role/train", "s3:GetObject", "arn:aws:s3:::weights/a"), Policies(identity=(…,)))
no_new_access(old, new).verdict is Outcome.PROVED
"""

import importlib
from typing import TYPE_CHECKING

from hexward.iam.decide import Decision, Verdict, decide
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.match import match_condition
from hexward.iam.policies import Policies
from hexward.iam.policy import Layer
from hexward.iam.principal import ANONYMOUS
from hexward.iam.reach import Held, may_do_all, may_do_everywhere, may_do_somewhere
from hexward.iam.request import Request

if TYPE_CHECKING:
    from hexward.iam.breach import Breach, breaches, guardrails, prove_blocked
    from hexward.iam.only import Limits, only_these_can
    from hexward.iam.proof import Outcome, Proof
    from hexward.iam.prove import equivalent, no_new_access

PROOFS = {
    "breach": ("Breach", "breaches", "guardrails", "prove_blocked"),
    "only": ("Limits", "only_these_can"),
    "proof": ("Outcome", "Proof"),
    "prove": ("equivalent", "no_new_access"),
}
"""What is imported when it is first asked for: whoever decides single requests need not wait for it."""


def __getattr__(name: str) -> object:
    """Import what proves."""
    for module, names in PROOFS.items():
        if name in names:
            return getattr(importlib.import_module(f"hexward.iam.{module}"), name)
    msg = f"module 'hexward.iam' has no attribute {name!r}"
    raise AttributeError(msg)


__all__ = [
    "ANONYMOUS",
    "Breach",
    "Decision",
    "Held",
    "Layer",
    "Limits",
    "Outcome",
    "Policies",
    "PolicyError",
    "Proof",
    "Request",
    "RequestError",
    "Verdict",
    "breaches",
    "decide",
    "equivalent",
    "guardrails",
    "match_condition",
    "may_do_all",
    "may_do_everywhere",
    "may_do_somewhere",
    "no_new_access",
    "only_these_can",
    "prove_blocked",
]
