"""The evaluator against a second one, and against itself with a bug sown in: the comparison must notice each."""

import os
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest

from hexward.iam import Policies, Request, Verdict, decide
from tests.iam.cases import case
from tests.iam.naive import evaluate
from tests.iam.naive_statement import owner

SOME = int(os.environ.get("HEXWARD_IAM_CASES", "6000"))
MANY = 200_000


def differs(request: Request, policies: Policies) -> str:
    """Return how the two evaluators differ over a case, or an empty text."""
    decision = decide(request, policies)
    got = (str(decision.verdict), str(decision.blocked_by))
    readings = [
        evaluate(request, policies, strict=strict, expands=expands)
        for strict, expands in product((False, True), repeat=2)
    ]
    outcomes = [one[:2] for one in readings]
    unresolved = all(one[2] for one in readings)
    if got[0] == "unknown":
        agrees = unresolved
    elif unresolved and got[0] != "allowed":
        # Denied whichever way the variable, or the `*`, is read; which layer is to blame may depend on the reading.
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


def test_what_is_allowed_on_a_resource_is_allowed_on_every_pattern_that_means_it():
    """And what is denied on a pattern is denied on every resource that it means."""
    allowed = denied = 0
    for seed in range(SOME):
        request, policies = case(seed)
        if request.action in {"sts:GetCallerIdentity", "sts:GetSessionToken"}:
            continue  # know no resource but `*`
        one = decide(request, policies).verdict
        for pattern in ("*", request.resource[:-1] + "?", request.resource.rpartition(":")[0] + ":*"):
            some = decide(
                replace(request, resource=pattern, resource_account=request.resource_account or owner(request)),
                policies,
            )
            assert one is not Verdict.ALLOWED or some.verdict in {Verdict.ALLOWED, Verdict.UNKNOWN}, (seed, pattern)
            assert some.verdict is not Verdict.EXPLICITLY_DENIED or one in {some.verdict, Verdict.UNKNOWN}, (
                seed,
                pattern,
            )
            allowed += one is Verdict.ALLOWED
            denied += some.verdict is Verdict.EXPLICITLY_DENIED
    assert min(allowed, denied) > SOME / 10
