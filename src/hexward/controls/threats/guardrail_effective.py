"""Deployed agents answer behind a guardrail that stops prompt attacks and personal data.

Why: whoever writes to an agent, or into a document that it reads, can talk it into ignoring its orders, calling its tools for them and
telling what it knows about others. A draft of a guardrail can be emptied by a change that nobody deployed.

Fix: give the guardrail a PROMPT_ATTACK filter of strength HIGH that blocks, and filters for personal data, publish a version of it, set
that version on the agent, and lead the alias to a new version of the agent. Some honest prompts will be blocked too. An alias of the
working draft is not judged, nor whether applications call it; a guardrail that is enforced on the whole account is not counted, and
agents in a runtime or a flow apply theirs in code that cannot be seen.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import AgentAlias, Guardrail, Inventory
from hexward.inventory.bedrock import guardrail_version
from hexward.inventory.bedrock_agent import DRAFT
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:SI-10", "OWASP-LLM:LLM01", "OWASP-LLM:LLM02"),
    uses=(Guardrail,),
    source="https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-prompt-attack.html",
)
def guardrail_effective(alias: AgentAlias, inventory: Inventory) -> Iterator[Fault]:
    if alias.version in {None, DRAFT}:
        raise NotApplicable("it leads to no version that is deployed")
    used = alias.guardrail
    if used is None or not used.guardrail_identifier:
        yield Fault(f"version {alias.version} of the agent has no guardrail", field="guardrail")
        return
    if used.guardrail_version in {None, DRAFT}:
        yield Fault("its guardrail is a draft, which may change at any time", field="guardrail", aspect="version")
        return
    name = f"{used.guardrail_identifier}:{used.guardrail_version}"
    guardrail = guardrail_version(inventory, name, alias.region)
    if guardrail is None:
        yield Fault(f"its guardrail {name} does not exist", field="guardrail", aspect="version")
        return
    if not guardrail.stops_prompt_attacks:
        yield Fault(f"guardrail {name} does not block prompt attacks at HIGH", field="guardrail", aspect="attacks")
    if not guardrail.filters_personal_data:
        yield Fault(f"guardrail {name} lets personal data through", field="guardrail", aspect="personal data")
