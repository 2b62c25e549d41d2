"""Buckets that training reads refuse requests without TLS.

Why: a client that is set to plain HTTP, by mistake or by whoever sits on its network, sends training data and the signatures of
its requests in the clear.

Fix: add a statement to the bucket's policy that denies s3:* to everyone where aws:SecureTransport is false, on the bucket and on
its objects; clients that still use plain HTTP stop working. A resource control policy of the organisation that does so counts,
where it was seen.
"""

from collections.abc import Iterator
from itertools import chain

from hexward.controls import NotApplicable, control
from hexward.controls.policy import denied_to_all
from hexward.iam import ANONYMOUS, Request
from hexward.iam.limits import Limits, limits_of
from hexward.inventory import Bucket, Inventory, Workload
from hexward.inventory.purpose import holds_training_data
from hexward.model import Fault, Severity

PLAIN_HTTP = {"aws:SecureTransport": False}


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:S3.5", "CIS-AWS:2.1.1", "HIPAA:164.312(e)(2)(ii)", "NIST-800-53:SC-8", "PCI-DSS:4.2.1"),
    uses=(Workload, Limits),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
)
def training_bucket_tls_only(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    if not holds_training_data(inventory, bucket):
        raise NotApplicable("no training job of the last 90 days reads it")
    above = tuple(chain.from_iterable(limits_of(inventory).rcps))
    for action, resource in (
        ("s3:GetObject", f"{bucket.arn}/*"),
        ("s3:PutObject", f"{bucket.arn}/*"),
        ("s3:ListBucket", bucket.arn),
    ):
        request = Request(ANONYMOUS, action, resource, context=PLAIN_HTTP)
        if not denied_to_all(request, bucket.policy, "Bucket.policy", {"aws:securetransport"}, above):
            yield Fault(
                f"{action} works without TLS, as far as the bucket's policy and those of the organisation go",
                field="policy",
            )
            return
