"""Buckets that training reads refuse requests from outside the network or organisation that they are for.

Why: whoever steals the credentials of a training role, from a notebook or out of a log, reads the training data from a machine of
their own; only the bucket's policy can tell that machine from one of yours.

Fix: deny reading and writing objects in the bucket's policy unless aws:SourceVpce or aws:SourceVpc is the training network's,
with exemptions for AWS services that act for you (aws:PrincipalIsAWSService, aws:ViaAWSService) and for a break-glass role; test
it first, for a mistake locks everyone out. A denial by aws:PrincipalOrgID or by aws:SourceIp counts too, and stops less: the
first stops no stolen credentials of the organisation. Control policies of the organisation that deny so count, where they were
seen.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.policy import decided, strangers_context
from hexward.iam import Policies, Request, Verdict
from hexward.iam.limits import Limits, limits_of
from hexward.inventory import Bucket, Inventory, Workload
from hexward.inventory.purpose import holds_training_data
from hexward.model import Fault, Severity

GRANT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
IN_PERSON = {"aws:PrincipalIsAWSService": False, "aws:ViaAWSService": False}
TRIED = {"s3:GetObject": "read", "s3:PutObject": "write"}


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-3", "NIST-800-53:AC-4", "NIST-800-53:SC-7"),
    uses=(Workload, Limits),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html",
)
def training_bucket_pinned(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    if not holds_training_data(inventory, bucket):
        raise NotApplicable("no training job of the last 90 days reads it")
    insider = f"arn:{inventory.partition}:iam::{inventory.account}:role/stolen"
    given = {**strangers_context(bucket.region), **IN_PERSON}
    above = limits_of(inventory)
    given |= above.told
    policies = Policies(identity=(GRANT,), resource=bucket.policy, scps=above.scps, rcps=above.rcps)
    for action, word in TRIED.items():
        request = Request(insider, action, f"{bucket.arn}/x", inventory.account, given)
        if decided(request, policies, "Bucket.policy").verdict is not Verdict.EXPLICITLY_DENIED:
            yield Fault(f"credentials of the account {word} its objects from any network", field="policy", aspect=word)
