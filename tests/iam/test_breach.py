"""Guardrails against the breaches: what must be denied, and what only seems to be."""

import json

import msgspec
import pytest

from hexward.iam import Outcome, Policies, breaches, decide, guardrails, prove_blocked
from hexward.iam.breach import Breach, Step, Way
from hexward.iam.document import ALL_TO_ALL
from tests.iam.build import ALL, allow, deny, if_, policy

FINTECH = breaches()["fintech"]
WILDCARD = guardrails()["wildcard"]


def test_the_wildcard_guardrail_stops_the_fintech_breach():
    found = prove_blocked(FINTECH, [WILDCARD])
    assert found.verdict is Outcome.PROVED
    assert {one.sid for one in found.because} == {"NoBroadManagedPolicies", "NoPoliciesButByDeployment"}


def test_without_a_guardrail_every_step_goes_through():
    found = prove_blocked(FINTECH, [])
    assert found.verdict is Outcome.REFUTED
    assert len(found.steps) == len(FINTECH.steps)
    around = Policies(identity=(ALL,), resource=ALL_TO_ALL, scps=((ALL,),))
    assert {decide(one, around).verdict for one in found.steps} == {"allowed"}


ACTIONS = [action for statement in json.loads(WILDCARD)["Statement"] for action in statement["Action"]]


@pytest.mark.parametrize("action", [one for one in ACTIONS if one != "iam:CreatePolicy"])
def test_every_action_of_the_guardrail_is_needed(action):
    """But for CreatePolicy: what it makes must still be attached, by an ARN that the guardrail does not name."""
    holed = json.loads(WILDCARD)
    for statement in holed["Statement"]:
        statement["Action"] = [one for one in statement["Action"] if one != action]
    found = prove_blocked(FINTECH, [holed])
    assert found.verdict is Outcome.REFUTED
    assert found.witness is not None
    assert found.witness.action.lower() == action.lower()


READS = ("s3:GetObject", "s3:GetObjectVersion")
VPCE = "aws:SourceVpce"


@pytest.mark.parametrize(
    ("guardrail", "verdict"),
    [
        (deny("s3:*", **if_("StringNotEquals", VPCE, "vpce-1")), Outcome.PROVED),
        # The key is absent from calls that come over the internet, so that this one never fires.
        (deny("s3:*", **if_("StringLike", VPCE, "*")), Outcome.REFUTED),
        (deny("s3:*", **if_("Null", VPCE, "true")), Outcome.PROVED),
        (deny("s3:GetObject", **if_("Null", VPCE, "true")), Outcome.REFUTED),
        (deny("s3:*", **if_("Bool", "aws:MultiFactorAuthPresent", "false")), Outcome.REFUTED),
        (deny("s3:*", "arn:aws:s3:::training/*"), Outcome.REFUTED),
        (deny(READS, **if_("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:role/hexward-deploy")), Outcome.PROVED),
        (deny(READS, **if_("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:role/hexward-*")), Outcome.REFUTED),
        (deny(READS, **if_("StringNotEquals", "aws:PrincipalTag/trusted", "yes")), Outcome.REFUTED),
    ],
)  # fmt: skip
def test_one_step_that_is_denied_whatever_the_request_holds_is_enough(guardrail, verdict):
    assert prove_blocked(FINTECH, [policy(guardrail)]).verdict is verdict


def test_a_step_with_two_ways_is_stopped_by_two_denies():
    ways = (Way(("kms:Decrypt",), "arn:aws:kms:*:*:key/*"), Way(("sts:AssumeRole",), "arn:aws:iam::*:role/*"))
    breach = Breach("two ways", (Step("a key or a role", ways),))
    assert prove_blocked(breach, [policy(deny("kms:*"))]).verdict is Outcome.REFUTED
    assert prove_blocked(breach, [policy(deny("kms:*"), deny("sts:*"))]).verdict is Outcome.PROVED


def test_an_allow_list_blocks_what_it_leaves_out_only_if_nothing_else_allows_it():
    assert prove_blocked(FINTECH, [policy(allow("ec2:*"))]).verdict is Outcome.REFUTED


def test_a_breach_with_an_element_that_none_has_is_refused():
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"says": "x", "steps": [], "step": 1}', type=Breach)
