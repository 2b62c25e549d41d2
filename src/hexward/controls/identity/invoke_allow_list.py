"""Roles of AI workloads may invoke named models, not every model.

Why: whoever takes over a workload that may invoke any model runs the dearest one around the clock at your cost, or sends your
data to a model of a provider that nobody has looked at.

Fix: name in `Resource` the models and inference profiles that the workload uses; for a profile, its models as well, with the
condition `bedrock:InferenceProfileArn`. A family, such as `anthropic.*`, counts as named. Models that were forgotten are refused
from then on. Policies of the organisation that were not seen are taken to forbid nothing.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.principals import Principal, partition_of, principal
from hexward.iam.rights import may, may_somewhere
from hexward.inventory import Inventory, Role, Workload, exists
from hexward.model import Fault, Severity

SHOWN = 4
PROFILE = "bedrock:inferenceprofilearn"
INVOKES = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-6", "OWASP-LLM:LLM10"),
    uses=(Workload, Principal),
    source="https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html",
)
def invoke_allow_list(role: Role, inventory: Inventory) -> Iterator[Fault]:
    if not exists(inventory.by(Workload, "role_arns", role.arn), lambda _: True):
        raise NotApplicable("no AI workload runs as this role")
    who = principal(inventory, role)
    if not any(may_somewhere(who, action) for action in INVOKES):
        raise NotApplicable("the role may invoke no model")
    field = "inline" if role.inline else "attached"
    open_in = [region for region in inventory.regions if any(_invokes_all(who, action, region) for action in INVOKES)]
    if open_in:
        more = f" and {len(open_in) - SHOWN} more regions" if len(open_in) > SHOWN else ""
        yield Fault(f"the role may invoke every model of {', '.join(open_in[:SHOWN])}{more}", field=field)


def _invokes_all(who: Principal, action: str, region: str) -> bool:
    """Say whether it may invoke every model of a region, itself or through a profile that nobody named."""
    models = f"arn:{partition_of(who)}:bedrock:{region}::foundation-model/*"
    profile = f"arn:{partition_of(who)}:bedrock:{region}:{who.account}:inference-profile/unheard-of"
    return any(may(who, action, models, {PROFILE: through}) for through in (None, profile))
