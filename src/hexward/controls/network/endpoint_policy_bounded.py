"""VPC endpoints of AI workloads carry requests of this organisation alone.

Why: an endpoint that lets everyone do everything, as it does until a policy is written, is a way out of a closed VPC: code that runs
in a training job or an agent brings the keys of an account of its own along and writes the data to a bucket there.

Fix: in the endpoint's policy allow only principals of the account or organisation (aws:PrincipalAccount, aws:PrincipalOrgID), and for
S3 only buckets that are named or belong to it (aws:ResourceAccount, aws:ResourceOrgID). Buckets of AWS's own that are read, such as
those of package mirrors and image layers, need a statement of their own.
"""

import re
from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.policy import decided, statements
from hexward.iam import Layer, Policies, Request, Verdict
from hexward.iam.authorization import without_resources
from hexward.iam.document import ALL, ALL_TO_ALL
from hexward.iam.limits import Limits, limits_of
from hexward.inventory import Inventory, Subnet, VpcEndpoint, Workload, exists
from hexward.inventory.placement import workloads_in
from hexward.model import Fault, Severity

STRANGER = "000000000000"
"""An account that no policy names."""

PREFIXES = {
    "bedrock-runtime": "bedrock",
    "bedrock-agent-runtime": "bedrock",
    "bedrock-agent": "bedrock",
    "monitoring": "cloudwatch",
}
ORGANISATION = re.compile(r'"(o-[a-z0-9]{10,32})[/"]')


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-3", "NIST-800-53:AC-4", "NIST-800-53:SC-7(5)"),
    uses=(Limits, Subnet, Workload),
    source="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
)
def endpoint_policy_bounded(endpoint: VpcEndpoint, inventory: Inventory) -> Iterator[Fault]:
    if not endpoint.service:
        raise NotApplicable("it leads to no service of AWS's")
    if not exists(workloads_in(inventory, endpoint.vpc_id, endpoint.region), lambda _: True):
        raise NotApplicable("no AI workload runs in its VPC")
    if endpoint.policy is None:
        raise NotApplicable("its service takes no policy")
    given: dict[str, object] = {"aws:SecureTransport": True, "aws:SourceVpc": endpoint.vpc_id, "aws:SourceVpce": endpoint.vpc_endpoint_id,
             "aws:RequestedRegion": endpoint.region}  # fmt: skip
    stranger = f"arn:{inventory.partition}:iam::{STRANGER}:role/stranger"
    policies = Policies(identity=(ALL,), endpoint=(endpoint.policy,))
    for action in _actions(endpoint, endpoint.policy):
        request = Request(stranger, action, _of_a_stranger(action, inventory.partition), STRANGER, given)
        if decided(request, policies, "VpcEndpoint.policy").verdict is Verdict.ALLOWED:
            says = "principals of any account reach what is theirs through it"
            yield Fault(says, field="policy", aspect="principals")
            return
    if endpoint.service == "s3":
        # Whoever is in an organisation that the policy names is taken to be in this account's.
        organisation = ORGANISATION.search(endpoint.policy)
        given |= {"aws:PrincipalOrgID": organisation[1]} if organisation is not None else {}
        own = f"arn:{inventory.partition}:iam::{endpoint.account}:role/workload"
        request = Request(own, "s3:PutObject", _of_a_stranger("s3:PutObject", inventory.partition), STRANGER, given)
        scps = limits_of(inventory).scps
        policies = Policies(identity=(ALL,), resource=ALL_TO_ALL, endpoint=(endpoint.policy,), scps=scps)
        if decided(request, policies, "VpcEndpoint.policy").verdict is Verdict.ALLOWED:
            yield Fault(
                "this account's principals may write to buckets of any account", field="policy", aspect="buckets"
            )


def _actions(endpoint: VpcEndpoint, policy: str) -> list[str]:
    """Return an action for each that the policy allows; a name that AWS never had stands for a pattern."""
    prefix = PREFIXES.get(endpoint.service, endpoint.service.partition(".")[0])
    found = set()
    for one in statements(policy, "VpcEndpoint.policy", Layer.ENDPOINT):
        for written in (one.actions.written if not one.actions.excluded else ("*",)) if one.allow else ():
            service, _, name = written.lower().partition(":")
            found.add(f"{prefix if '*' in service else service}:{name.replace('*', 'x').replace('?', 'x') or 'x'}")
    return sorted(one for one in found if one not in without_resources(one.partition(":")[0]))


def _of_a_stranger(action: str, partition: str) -> str:
    service = action.partition(":")[0]
    if service == "s3":
        return f"arn:{partition}:s3:::stranger-{STRANGER}/*"
    return f"arn:{partition}:{'iam' if service == 'sts' else service}:*:{STRANGER}:*"
