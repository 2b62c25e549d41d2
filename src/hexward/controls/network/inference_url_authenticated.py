"""Public addresses of inference functions answer no one without AWS credentials.

Why: whoever finds an open address asks the model at your cost, probes it for what it learned, and feeds it injections; scanners
try every function address that shows up in certificate logs.

Fix: set the address to AWS_IAM and let its callers sign their requests, or take away the statement that lets everyone invoke it and
put an API with an authorizer in front; callers without credentials are cut off.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.policy import decided, strangers_context
from hexward.iam import ANONYMOUS, Policies, Request, Verdict
from hexward.inventory import Function, Inventory, NotCollected, Stage, Workload, exists, note
from hexward.model import Fault, Gap, Reason, Severity

UNSIGNED = {"lambda:FunctionUrlAuthType": "NONE"}


@control(
    severity=Severity.CRITICAL,
    frameworks=("HIPAA:164.312(a)(1)", "NIST-800-53:AC-3", "OWASP-LLM:LLM10"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
)
def inference_url_authenticated(function: Function, inventory: Inventory) -> Iterator[Fault]:
    if not exists(inventory.by(Workload, "arn", function.arn), lambda one: one.stage is Stage.INFER):
        raise NotApplicable("it serves no model")
    if not function.url:
        raise NotApplicable("it has no public address")
    for url in function.url:
        if url.auth_type != "NONE":
            continue
        if url.alias:
            says = f"the policy of alias {url.alias}, which has an address without authentication, is not collected"
            note(NotCollected("Function.policy", Gap(Reason.NOT_COLLECTED, says, region=function.region)))
        # Without authentication the policy still decides: what it does not grant to everyone is refused.
        elif function.policy is not None:
            request = Request(
                ANONYMOUS,
                "lambda:InvokeFunctionUrl",
                function.arn,
                context={**strangers_context(function.region), **UNSIGNED},
            )
            verdict = decided(request, Policies(resource=function.policy), "Function.policy").verdict
            if verdict is Verdict.ALLOWED:
                yield Fault("anyone may call the function at its public address", field="url")
