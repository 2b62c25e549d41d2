"""Buckets that training reads refuse requests from outside the network or organisation that they are for.

Why: whoever steals the credentials of a training role, from a notebook or out of a log, reads the training data from a machine of
their own; only the bucket's policy can tell that machine from one of yours.

Fix: deny reading and writing objects in the bucket's policy unless aws:SourceVpce or aws:SourceVpc is the training network's,
with exemptions for AWS services that act for you (aws:PrincipalIsAWSService, aws:ViaAWSService) and for a break-glass role; test
it first, for a mistake locks everyone out. A denial by aws:PrincipalOrgID or by aws:SourceIp counts too, and stops less: the
first stops no stolen credentials of the organisation. What the caller is, or can choose (its tags, Referer, User-Agent), keeps no
thief of its credentials out. Control policies of the organisation that deny so count, where they were seen.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.policy import decided, strangers_context
from hexward.iam import Policies, PolicyError, Request, Verdict
from hexward.iam.document import ALL
from hexward.iam.limits import Limits, limits_of
from hexward.iam.rights import FOLLOWS, OPEN
from hexward.inventory import Bucket, Inventory, NotCollected, Role, Workload, note, readable
from hexward.inventory.purpose import holds_training_data
from hexward.model import Fault, Gap, Reason, Severity

IN_PERSON: dict[str, object] = {"aws:principalisawsservice": False, "aws:viaawsservice": False}
PLACES = tuple(
    f"aws:{start}"
    for start in (
        "called",
        "ec2instancesource",
        "principalorg",
        "principalservice",
        "sourcea",
        "sourceorg",
        "sourcevpc",
        "vpc",
    )
)
"""What keys begin with that tell of networks, organisations and services: a request from elsewhere lacks them."""
NAMELESS = "role/stolen"
"""A role that no policy names, without tags."""
TAG = "aws:principaltag/"
TRIED = {"s3:GetObject": "read", "s3:PutObject": "write"}


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-3", "NIST-800-53:AC-4", "NIST-800-53:SC-7"),
    uses=(Workload, Limits, Role),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html",
)
def training_bucket_pinned(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    if not holds_training_data(inventory, bucket):
        raise NotApplicable("no training job of the last 90 days reads it")
    above = limits_of(inventory)
    policies = Policies(identity=(ALL,), resource=bucket.policy, scps=above.scps, rcps=above.rcps)
    given = {key.lower(): told for key, told in strangers_context(bucket.region).items()} | IN_PERSON | dict(above.told)
    asked = _asked(policies)
    open_ = {key: OPEN for key in asked - FOLLOWS if not key.startswith((*PLACES, TAG))}
    askers = (f"arn:{inventory.partition}:iam::{inventory.account}:{NAMELESS}", *_roles(bucket, inventory))
    for action, word in TRIED.items():
        for who in dict.fromkeys(askers):
            try:
                keys = open_ | _tags(who, asked, inventory) | given
                request = Request(who, action, f"{bucket.arn}/x", inventory.account, keys)
                refused = decided(request, policies, "Bucket.policy").verdict is Verdict.EXPLICITLY_DENIED
            except NotCollected as missing:
                note(missing)
                continue
            if not refused:
                whose = "the account" if who == askers[0] else who.rpartition("/")[2]
                yield Fault(f"credentials of {whose} {word} its objects from any network", field="policy", aspect=word)
                break


def _asked(policies: Policies) -> frozenset[str]:
    """Return the keys that conditions ask for, in lower case. Raises NotCollected for a malformed policy."""
    try:
        compiled = policies.compiled
    except PolicyError as error:
        raise NotCollected("Bucket.policy", Gap(Reason.MALFORMED, str(error))) from error
    shelves = [one for one in (compiled.resource, *compiled.scps, *compiled.rcps) if one is not None]
    return frozenset(one.key for shelf in shelves for statement, _ in shelf.placed for one in statement.conditions)


def _roles(bucket: Bucket, inventory: Inventory) -> Iterator[str]:
    """Yield the roles of the workloads that train on the bucket."""
    for workload in readable(inventory.by(Workload, "training_buckets", bucket.name), "roles"):
        yield from workload.role_arns


def _tags(who: str, asked: frozenset[str], inventory: Inventory) -> dict[str, object]:
    """Return the tags of a role that conditions ask for. Raises NotCollected where the role of a workload was not seen."""
    wanted = [key for key in asked if key.startswith(TAG)]
    if not wanted or who.endswith(NAMELESS):
        return dict.fromkeys(wanted)
    role = inventory.find(Role, who)
    if role is None:
        raise NotCollected("Role", Gap(Reason.NOT_COLLECTED, f"the tags of {who} were not seen", resource=who))
    tags = {f"{TAG}{name.lower()}": value for name, value in (role.tags or {}).items()}
    return {key: tags.get(key) for key in wanted}
