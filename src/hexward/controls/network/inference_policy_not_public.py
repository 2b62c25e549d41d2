"""Policies of inference functions let no stranger invoke or change them.

Why: a grant to every account, or to an AWS service on behalf of any account, lets anyone with an AWS account ask the model at your
cost, past the API, the firewall and the limits in front of it; one that reaches further lets them read the code or put their own
in its place.

Fix: remove the statement, or bind it to an account, an organization, or the API, rule or bucket that may invoke the function
(aws:SourceAccount, aws:SourceArn; for S3 both, since the name of a bucket may be anyone's); callers that relied on the open grant
are cut off.
"""

from collections.abc import Iterator, Mapping

from hexward.controls import NotApplicable, control
from hexward.controls.policy import services_in, told_by_strangers
from hexward.iam.arn import fields
from hexward.iam.glob import wild
from hexward.iam.outsiders import outsiders, serves_strangers
from hexward.inventory import Function, Inventory, NotCollected, Stage, Workload, exists, note
from hexward.model import Fault, Gap, Reason, Severity

INVOKES, CALLS = "lambda:InvokeFunction", "lambda:InvokeFunctionUrl"
READS = ("lambda:GetFunction",)
CHANGES = (
    "lambda:AddPermission",
    "lambda:CreateAlias",
    "lambda:CreateFunctionUrlConfig",
    "lambda:DeleteFunction",
    "lambda:PublishVersion",
    "lambda:PutFunctionConcurrency",
    "lambda:UpdateAlias",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
    "lambda:UpdateFunctionUrlConfig",
)
IN_PERSON: Mapping[str, object] = {
    "lambda:eventsourcetoken": None,
    "lambda:functionurlauthtype": None,
    "lambda:invokedviafunctionurl": None,
    "lambda:sourcefunctionarn": None,
}
SIGNED: Mapping[str, object] = {"lambda:functionurlauthtype": "AWS_IAM"}


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
    if function.policy is not None:
        yield from _faults(function, function.policy)


def _faults(function: Function, policy: str) -> Iterator[Fault]:
    if _open(function, policy, INVOKES):
        yield Fault("anyone with an AWS account may invoke the function", field="policy", aspect="accounts")
    for service in services_in(policy, "Function.policy"):
        if serves_strangers(function, policy, service, INVOKES):
            yield Fault(f"{service} may invoke the function on behalf of any account", field="policy", aspect=service)
    if any(url.auth_type == "AWS_IAM" and not url.alias for url in function.url) and _open(function, policy, CALLS):
        says = "anyone with an AWS account may call the function at its public address"
        yield Fault(says, field="policy", aspect="address")
    if _open(function, policy, *READS):
        yield Fault("anyone with an AWS account may read the function's code", field="policy", aspect="code")
    changes = [one for one in CHANGES if _open(function, policy, one)]
    if changes:
        says = f"anyone with an AWS account may call {', '.join(changes)} on the function"
        yield Fault(says, field="policy", aspect="changes")


def _open(function: Function, policy: str, *actions: str) -> bool:
    """Say whether accounts that the policy does not name may do one of some actions on the function."""
    told = {**told_by_strangers(function.region), **IN_PERSON, **(SIGNED if CALLS in actions else {})}
    found = outsiders(function, policy, *actions, told=told)
    return any(one == "*" or wild(fields(one)[4]) for one in found)
