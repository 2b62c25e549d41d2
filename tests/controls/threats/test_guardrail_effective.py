import pytest

from hexward.controls.threats.guardrail_effective import guardrail_effective
from hexward.inventory import AgentAlias, Guardrail
from hexward.inventory.bedrock import ContentFilter, SensitiveFilter
from hexward.inventory.bedrock_agent import AgentGuardrail
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

ARN = f"arn:aws:bedrock:{REGION}:{ACCOUNT}:guardrail/g1"
ATTACKS = ContentFilter("PROMPT_ATTACK", "HIGH")
MASK = SensitiveFilter("ANONYMIZE")


def alias(guardrail: AgentGuardrail | None, version: str | None = "3") -> AgentAlias:
    return seen(AgentAlias, version=version, guardrail=guardrail)


def guardrail(*content: ContentFilter, personal: SensitiveFilter = MASK) -> Guardrail:
    return seen(Guardrail, f"{ARN}:1", content_filters=content, pii_entities=(personal,), regexes=None)


LIVE = alias(AgentGuardrail("g1", "1"))

PASS = inventory(LIVE, guardrail(ATTACKS))
FAIL = inventory(LIVE, guardrail())


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (LIVE, Status.PASS),
        (alias(AgentGuardrail(ARN, "1")), Status.PASS),
        (alias(AgentGuardrail("g1", "DRAFT")), Status.FAIL),
        (alias(AgentGuardrail("g1")), Status.FAIL),
        (alias(AgentGuardrail("g1", "2")), Status.FAIL),
        (alias(AgentGuardrail()), Status.FAIL),
        (alias(None), Status.FAIL),
        (alias(None, "DRAFT"), Status.NOT_APPLICABLE),
        (alias(None, None), Status.NOT_APPLICABLE),
        (alias(AgentGuardrail(f"arn:aws:bedrock:{REGION}:444455556666:guardrail/g2", "1")), Status.UNKNOWN),
    ],
)
def test_a_deployed_agent_needs_a_numbered_version_that_exists(one, status):
    assert judge(guardrail_effective, one, guardrail(ATTACKS)).status is status


@pytest.mark.parametrize(
    ("used", "aspects"),
    [
        (guardrail(ContentFilter("PROMPT_ATTACK", "MEDIUM")), ["attacks"]),
        (guardrail(ContentFilter("PROMPT_ATTACK", "HIGH", "NONE")), ["attacks"]),
        (guardrail(ATTACKS, personal=SensitiveFilter("NONE")), ["personal data"]),
        (guardrail(personal=SensitiveFilter("NONE")), ["attacks", "personal data"]),
    ],
)
def test_each_hole_in_the_guardrail_is_a_fault_of_its_own(used, aspects):
    assert [fault.aspect for fault in judge(guardrail_effective, LIVE, used).faults] == aspects
