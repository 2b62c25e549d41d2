"""The organisation has opted out of the use of its content by AWS's AI services.

Why: some AI services of AWS may keep what they process, and store it in other regions, to improve themselves. Prompts, recordings and
documents of your customers then serve another purpose than the one they were given for.

Fix: turn on AI services opt-out policies for the organisation, and attach one to its root that says `optOut` for `default`; forbid
child policies to change it. AWS then deletes what it had kept, and services keep working. An account outside any organisation
cannot opt out this way: make it a member of one. How long Bedrock keeps prompts is another setting, and not seen here.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Organization
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("OWASP-LLM:LLM02",),
    source="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out.html",
)
def ai_opt_out(organization: Organization) -> Iterator[Fault]:
    chosen = organization.ai_opt_outs
    if chosen is None:
        alone = "" if organization.id is not None else ", and the account belongs to no organisation"
        yield Fault(f"no AI services opt-out policy is in effect{alone}", field="ai_opt_outs", aspect="none")
        return
    if "default" not in chosen:
        says = "the effective policy leaves out the services that it does not name"
        yield Fault(says, field="ai_opt_outs", aspect="default")
    for service, choice in sorted(chosen.items()):
        if choice != "optOut":
            yield Fault(f"the effective policy says {choice} for {service}", field="ai_opt_outs", aspect=service)
