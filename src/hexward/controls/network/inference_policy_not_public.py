"""Policies of inference functions let no stranger invoke them.

Why: a grant to every account, or to an AWS service on behalf of any account, lets anyone with an AWS account ask the model at your
cost, past the API, the firewall and the limits in front of it.

Fix: remove the statement, or bind it to an account, an organization, or the API, rule or bucket that may invoke the function
(aws:SourceAccount, aws:SourceArn); callers that relied on the open grant are cut off.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.policy import decided, services_in, strangers_context
from hexward.iam import Policies, Request, Verdict
from hexward.inventory import Function, Inventory, NotCollected, Stage, Workload, exists, note
from hexward.model import Fault, Gap, Reason, Severity

STRANGER = "000000000000"
"""An account that no policy names."""

ALL = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
SOURCES = {"apigateway.amazonaws.com": "execute-api"}
"""Services whose sources have ARNs of another name."""

SAYS = {
    "accounts": "anyone with an AWS account may invoke the function",
    "address": "anyone with an AWS account may call the function at its public address",
}
SIGNED = {"lambda:FunctionUrlAuthType": "AWS_IAM"}


@control(
    severity=Severity.CRITICAL,
    frameworks=("AWS-FSBP:Lambda.1", "HIPAA:164.312(a)(1)", "NIST-800-53:AC-3", "OWASP-LLM:LLM10", "PCI-DSS:7.2.1"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html",
)
def inference_policy_not_public(function: Function, inventory: Inventory) -> Iterator[Fault]:
    if not exists(inventory.by(Workload, "arn", function.arn), lambda one: one.stage is Stage.INFER):
        raise NotApplicable("it serves no model")
    for url in function.url:
        if url.alias:
            says = f"the policy of alias {url.alias}, which has an address, is not collected"
            note(NotCollected("Function.policy", Gap(Reason.NOT_COLLECTED, says, region=function.region)))
    if function.policy is None:
        return
    policies = Policies(identity=(ALL,), resource=function.policy)
    for aspect, request in _attempts(function, function.policy, inventory.partition):
        if decided(request, policies, "Function.policy").verdict is Verdict.ALLOWED:
            says = SAYS.get(aspect, f"{aspect} may invoke the function on behalf of any account")
            yield Fault(says, field="policy", aspect=aspect)


def _attempts(function: Function, policy: str, partition: str) -> Iterator[tuple[str, Request]]:
    """Yield what a stranger may try, each under a word for it; ARNs of buckets name no account."""
    stranger = f"arn:{partition}:iam::{STRANGER}:role/stranger"
    given = strangers_context(function.region)
    yield "accounts", Request(stranger, "lambda:InvokeFunction", function.arn, context=given)
    for service in services_in(policy, "Function.policy"):
        name = SOURCES.get(service, service.partition(".")[0])
        place = ":" if name == "s3" else f"{function.region}:{STRANGER}"
        source = {"aws:SourceAccount": STRANGER, "aws:SourceArn": f"arn:{partition}:{name}:{place}:stranger"}
        yield (
            service,
            Request(service, "lambda:InvokeFunction", function.arn, context={**source, "aws:SecureTransport": True}),
        )
    if any(url.auth_type == "AWS_IAM" and not url.alias for url in function.url):
        yield "address", Request(stranger, "lambda:InvokeFunctionUrl", function.arn, context={**given, **SIGNED})
