"""AI services take a role only on behalf of the account that owns it.

Why: a service acts for every customer of AWS. A trust policy that names the service alone lets it use the role for whoever makes
it do so, and nothing but the service's own care stands in between.

Fix: add `aws:SourceAccount` with the account's number, or `aws:SourceArn`, to the statement that trusts the service. Try it in a
test stage: SageMaker's page lists the features that send these keys, and a feature that does not can no longer take the role. A
resource control policy that asks for them (`aws:SourceOrgID`) counts, where it was seen. Services whose pages ask for no such
keys, as Lambda and EC2, are not judged.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.iam.limits import Limits, limits_of
from hexward.iam.trust import trusts, trusts_for_strangers
from hexward.inventory import Inventory, Role
from hexward.model import Fault, Severity

SERVICES = (
    "bedrock",
    "bedrock-agentcore",
    "comprehend",
    "personalize",
    "qbusiness",
    "rekognition",
    "sagemaker",
    "textract",
)
"""Services for data and models whose documentation asks for these keys in the trust policy."""


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-3",),
    uses=(Limits,),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html",
)
def trust_confused_deputy(role: Role, inventory: Inventory) -> Iterator[Fault]:
    # A policy that trusts a service names it; what the policy then means is the evaluator's to say.
    named = [f"{one}.amazonaws.com" for one in SERVICES if f'"{one}.amazonaws.com"' in role.trust]
    trusted = [service for service in named if trusts(role, service)]
    if not trusted:
        raise NotApplicable("no AI service that tells on whose behalf it acts may take the role")
    for service in trusted:
        if trusts_for_strangers(role, service, limits_of(inventory).rcps):
            yield Fault(f"{service} may take the role on behalf of any account", field="trust", aspect=service)
