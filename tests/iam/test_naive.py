"""The evaluator against a second one, and against itself with a bug sown in: the comparison must notice each."""

import os
from collections import Counter
from importlib import import_module

import pytest

from hexward.iam import Policies, Request, decide
from tests.iam.cases import case
from tests.iam.naive import evaluate

SOME = int(os.environ.get("HEXWARD_IAM_CASES", "6000"))
MANY = 200_000


def differs(request: Request, policies: Policies) -> str:
    """Return how the two evaluators differ over a case, or an empty text."""
    decision = decide(request, policies)
    got = (str(decision.verdict), str(decision.blocked_by))
    expected = [evaluate(request, policies, strict=strict) for strict in (False, True)]
    if got[0] == "unknown":
        return "" if all(one[2] for one in expected) else f"unknown: {decision.construct}"
    if got[0] == "allowed":
        return "" if all(one[:2] == got for one in expected) else f"{got} instead of {expected}"
    return (
        ""
        if got in [one[:2] for one in expected] and all(one[0] != "allowed" for one in expected)
        else f"{got} instead of {expected}"
    )


def compare(seeds: range) -> Counter[str]:
    """Compare the evaluators; returns how often each verdict came."""
    verdicts: Counter[str] = Counter()
    for seed in seeds:
        request, policies = case(seed)
        difference = differs(request, policies)
        assert not difference, f"seed {seed}: {difference}\n{request}\n{policies}"
        verdicts[decide(request, policies).verdict] += 1
    return verdicts


def test_two_evaluators_agree():
    verdicts = compare(range(SOME))
    assert min(verdicts[name] for name in ("allowed", "implicitly_denied", "explicitly_denied")) > SOME / 20, verdicts
    assert 0 < verdicts["unknown"] < SOME / 20, verdicts


@pytest.mark.long
def test_two_evaluators_agree_on_very_many_cases():
    compare(range(SOME, SOME + MANY))
