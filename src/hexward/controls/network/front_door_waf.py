"""Public entries to models are behind a web ACL.

Why: without one nothing stands between the internet and the model: no limit on requests, no filter on what they hold, and no switch to
throw when an attack is under way.

Fix: associate a web ACL with the load balancer, each stage of the REST API, or the distribution. HTTP APIs, network load balancers and
addresses of functions take none: put a distribution with a web ACL before a REST API, or before an address that asks for AWS_IAM and lets
that distribution alone sign. A distribution's web ACL guards nothing of an origin that can be reached past it.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import PublicEntry
from hexward.inventory.front_door import EntryKind
from hexward.model import Fault, Severity

WITHOUT = {EntryKind.NETWORK_LOAD_BALANCER, EntryKind.HTTP_API, EntryKind.FUNCTION_URL}
"""Kinds that take no web ACL; https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html."""


@control(
    severity=Severity.HIGH,
    frameworks=(
        "AWS-FSBP:APIGateway.4",
        "AWS-FSBP:CloudFront.6",
        "NIST-800-53:SC-5",
        "NIST-800-53:SC-7",
        "OWASP-LLM:LLM10",
        "PCI-DSS:6.4.2",
    ),
    source="https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html",
)
def front_door_waf(entry: PublicEntry) -> Iterator[Fault]:
    for door in entry.doors:
        if door.web_acl_arn is None and entry.sort in WITHOUT:
            yield Fault(
                f"the internet reaches a model through this {entry.sort}, which takes no web ACL", field="doors"
            )
        elif door.web_acl_arn is None:
            stage = f"stage {door.name} of this {entry.sort}" if door.name else f"this {entry.sort}"
            says = f"the internet reaches a model through {stage}, which is behind no web ACL"
            yield Fault(says, field="doors", aspect=door.name)
