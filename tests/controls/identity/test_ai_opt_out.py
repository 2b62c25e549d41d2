import pytest

from hexward.controls.identity.ai_opt_out import ai_opt_out
from hexward.model import Status
from tests.build import inventory, judge
from tests.controls.guardrails import organization

ALL_OUT = {"default": "optOut", "rekognition": "optOut"}

PASS = inventory(organization(ai_opt_outs=ALL_OUT))
FAIL = inventory(organization(ai_opt_outs=ALL_OUT | {"rekognition": "optIn"}))


@pytest.mark.parametrize(
    ("chosen", "aspects"),
    [
        (None, {"none"}),
        ({}, {"default"}),
        ({"default": "optOut"}, set()),
        ({"default": "optIn"}, {"default"}),
        ({"comprehend": "optOut"}, {"default"}),
        ({"default": "optOut", "lex": "optIn", "polly": "optout"}, {"lex", "polly"}),
    ],
)
def test_every_service_must_be_opted_out(chosen, aspects):
    verdict = judge(ai_opt_out, organization(ai_opt_outs=chosen))
    assert {fault.aspect for fault in verdict.faults} == aspects


def test_an_account_outside_any_organisation_cannot_opt_out():
    verdict = judge(ai_opt_out, organization(id=None, ai_opt_outs=None))
    assert verdict.status is Status.FAIL
    assert "belongs to no organisation" in verdict.faults[0].says
