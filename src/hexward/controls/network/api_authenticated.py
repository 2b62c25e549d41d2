"""Every route of an API that leads to a model asks who is calling.

Why: whoever finds an open route asks the model at your cost, probes it for what it learned and feeds it injections; addresses of APIs
show up in apps, in certificates and in scanners' lists.

Fix: set an authorizer (IAM, Cognito, JWT or a function) on the route, and deploy the API; for a WebSocket, on $connect. Callers without
credentials are cut off. An API key alone is no authentication: it names a usage plan, and lies in every client. OPTIONS, which browsers
ask before they have a token, is left out, and so are routes that do not lead to AI.
"""

from collections.abc import Iterator
from itertools import product

from hexward.controls import NotApplicable, control
from hexward.controls.policy import decided, strangers_context
from hexward.iam import ANONYMOUS, Policies, Request, Verdict
from hexward.inventory import Inventory, NotCollected, PublicEntry, note
from hexward.inventory.front_door import EntryKind, OpenRoute
from hexward.model import Fault, Gap, Reason, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=("AWS-FSBP:APIGateway.8", "HIPAA:164.312(a)(1)", "NIST-800-53:AC-3", "OWASP-LLM:LLM10"),
    source="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html",
)
def api_authenticated(entry: PublicEntry, inventory: Inventory) -> Iterator[Fault]:
    if entry.sort not in {EntryKind.REST_API, EntryKind.HTTP_API}:
        raise NotApplicable("it is no API")
    for route in entry.open_routes:
        name = f"{route.method} {route.path}"
        if not route.sure:
            note(NotCollected("PublicEntry.open_routes", Gap(Reason.UNSUPPORTED, f"what answers {name} is not known")))
        elif entry.policy is None or _admits_strangers(entry, entry.policy, route, inventory.partition):
            key = ": an API key is no authentication" if route.api_key else ""
            yield Fault(f"anyone may call {name}, which leads to a model{key}", field="open_routes", aspect=name)


def _admits_strangers(entry: PublicEntry, policy: str, route: OpenRoute, partition: str) -> bool:
    """Say whether the API's own policy lets in who shows no credentials; without an authorizer it alone decides.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
    """
    api = f"arn:{partition}:execute-api:{entry.region}:{entry.account}:{entry.arn.rpartition('/')[2]}"
    # Policies may name the API by what follows its ARN.
    policies = Policies(resource=policy.replace('"execute-api:/', f'"{api}/'))
    path = "/".join("*" if part.startswith("{") else part for part in route.path.split("/"))
    for stage, method in product(entry.doors, ("GET", "POST") if route.method == "ANY" else (route.method,)):
        resource = f"{api}/{stage.name}/{method}{path}"
        request = Request(ANONYMOUS, "execute-api:Invoke", resource, context=strangers_context(entry.region))
        if decided(request, policies, "PublicEntry.policy").verdict is Verdict.ALLOWED:
            return True
    return False
