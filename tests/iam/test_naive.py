"""The evaluator against a second one, and against itself with a bug sown in: the comparison must notice each."""

import os
from collections import Counter

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
    readings = [evaluate(request, policies, strict=strict) for strict in (False, True)]
    outcomes = [one[:2] for one in readings]
    unresolved = all(one[2] for one in readings)
    if got[0] == "unknown":
        agrees = unresolved
    elif unresolved and got[0] != "allowed":
        # Denied whichever way the variable is read; which layer is to blame may depend on the reading.
        agrees = "allowed" not in {verdict for verdict, _ in outcomes}
    else:
        agrees = all(outcome == got for outcome in outcomes)
    return "" if agrees else f"{got} {decision.construct!r} instead of {outcomes}"


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
