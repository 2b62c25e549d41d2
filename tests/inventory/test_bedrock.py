"""A guardrail stops prompt attacks only at its highest strength and by blocking, and filters personal data only where it acts."""

import pytest

from hexward.inventory import Guardrail
from hexward.inventory.bedrock import ContentFilter, SensitiveFilter
from tests.build import seen


def content(*filters: ContentFilter) -> Guardrail:
    return seen(Guardrail, content_filters=filters)


@pytest.mark.parametrize(
    ("one", "stops"),
    [
        (ContentFilter("PROMPT_ATTACK", "HIGH"), True),
        (ContentFilter("PROMPT_ATTACK", "HIGH", "BLOCK", input_enabled=True), True),
        (ContentFilter("PROMPT_ATTACK", "MEDIUM"), False),
        (ContentFilter("PROMPT_ATTACK", "HIGH", "NONE"), False),
        (ContentFilter("PROMPT_ATTACK", "HIGH", "BLOCK", input_enabled=False), False),
        (ContentFilter("VIOLENCE", "HIGH"), False),
    ],
)
def test_prompt_attacks(one, stops):
    assert content(ContentFilter("HATE", "LOW"), one).stops_prompt_attacks is stops


def test_no_filter_stops_nothing():
    assert not seen(Guardrail, content_filters=None).stops_prompt_attacks
    assert not seen(Guardrail, pii_entities=None, regexes=None).filters_personal_data


@pytest.mark.parametrize(
    ("one", "acts"),
    [
        (SensitiveFilter("BLOCK"), True),
        (SensitiveFilter("ANONYMIZE"), True),
        (SensitiveFilter("NONE"), False),
        (SensitiveFilter("NONE", output_action="ANONYMIZE"), True),
        (SensitiveFilter("BLOCK", input_action="NONE", output_action="NONE"), False),
        (SensitiveFilter("BLOCK", input_enabled=False), True),
        (SensitiveFilter("BLOCK", input_enabled=False, output_enabled=False), False),
    ],
)
def test_personal_data(one, acts):
    assert seen(Guardrail, pii_entities=(one,), regexes=None).filters_personal_data is acts
    assert seen(Guardrail, pii_entities=None, regexes=(one,)).filters_personal_data is acts
