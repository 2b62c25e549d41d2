"""What IAM policies permit: parse a policy, match its parts, decide a request.

decide(Request("arn:aws:iam::111122223333:role/train", "s3:GetObject", "arn:aws:s3:::weights/a"), Policies(identity=(…,)))
"""

from hexward.iam.decide import Decision, Verdict, decide
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.match import match_condition
from hexward.iam.policies import Policies
from hexward.iam.policy import Layer
from hexward.iam.principal import ANONYMOUS
from hexward.iam.reach import Held, may_do_all, may_do_everywhere, may_do_somewhere
from hexward.iam.request import Request

__all__ = [
    "ANONYMOUS",
    "Decision",
    "Held",
    "Layer",
    "Policies",
    "PolicyError",
    "Request",
    "RequestError",
    "Verdict",
    "decide",
    "match_condition",
    "may_do_all",
    "may_do_everywhere",
    "may_do_somewhere",
]
