"""Two engines that share no code agree on every pair of policies about which both have an opinion."""

import importlib.util
import json
import os
import sys

import pytest

from hexward.iam import Outcome, Proof, no_new_access
from hexward.iam.second_opinion import confirmed, second_opinion
from hexward.model import UsageError
from tests.iam.build import ALL, READ, allow, if_, policy
from tests.iam.pairs import pair
from tests.iam.test_prove import CONDITIONS, ELEMENTS, PRINCIPALS, given_that

PAIRS = int(os.environ.get("HEXWARD_OPINION_PAIRS", "300"))
LIMIT_MILLISECONDS = 400
needs_cvc5 = pytest.mark.skipif(importlib.util.find_spec("cvc5") is None, reason="cvc5 is not installed")


def agree(old, new, kind):
    """Say whether the engines agree; None if the second has no opinion."""
    first = no_new_access(old, new, kind).verdict
    second = second_opinion(json.dumps(old), json.dumps(new), kind, LIMIT_MILLISECONDS)
    return None if second in {None, Outcome.UNKNOWN} or first is Outcome.UNKNOWN else first is second


@needs_cvc5
def test_two_engines_agree():
    check(range(PAIRS))


@needs_cvc5
@pytest.mark.long
def test_two_engines_agree_on_ten_thousand_pairs():
    check(range(50_000, 60_000))


def check(seeds):
    """Compare the engines; they must have a common opinion on more than half of all pairs."""
    answers = []
    for seed in seeds:
        old, new, kind, _ = pair(seed)
        answers.append(agree(old, new, kind))
        assert answers[-1] is not False, seed
    assert answers.count(True) > len(answers) / 2


@needs_cvc5
@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [(old, new, "identity") for old, new, _ in ELEMENTS]
    + [(given_that(*old), given_that(*new), "identity") for old, new, _ in CONDITIONS]
    + [(old, new, "resource") for old, new, _ in PRINCIPALS],
)
def test_two_engines_agree_on_the_examples(old, new, kind):
    assert agree(old, new, kind) is not False


@needs_cvc5
def test_an_opinion_confirms_or_makes_unknown():
    old, new = json.dumps(READ), json.dumps(ALL)
    refuted, proved = no_new_access(old, new), no_new_access(new, old)
    assert confirmed(refuted, old, new, "identity", both_ways=False) is refuted
    assert confirmed(refuted, old, new, "identity", both_ways=True) is refuted
    assert confirmed(proved, new, old, "identity", both_ways=False) is proved
    wrong = confirmed(Proof(Outcome.PROVED), old, new, "identity", both_ways=False)
    assert (wrong.verdict, wrong.construct) == (Outcome.UNKNOWN, "the second opinion is refuted, the first proved")
    variables = json.dumps(policy(allow("s3:*", "arn:aws:s3:::${aws:username}")))
    assert second_opinion(variables, variables, "identity") is None
    silent = confirmed(Proof(Outcome.PROVED), variables, variables, "identity", both_ways=False)
    assert silent.construct.startswith("no second opinion")


@needs_cvc5
def test_the_solver_is_stopped_in_time():
    hostile = policy(
        *(
            allow("s3:*", f"arn:aws:s3:::*{a}*{b}*{a}*", **if_("StringLike", "k", f"*{b}*{a}*"))
            for a in "abcd"
            for b in "efgh"
        )
    )
    found = second_opinion(
        json.dumps(hostile), json.dumps(policy(allow("s3:*", "arn:aws:s3:::*a*e*f*"))), "identity", 1
    )
    assert found in {Outcome.UNKNOWN, Outcome.REFUTED}


def test_without_the_solver_there_is_no_second_opinion(monkeypatch):
    monkeypatch.setitem(sys.modules, "cvc5.pythonic", None)
    with pytest.raises(UsageError, match="hexward\\[prove\\]"):
        second_opinion("{}", "{}", "identity")
