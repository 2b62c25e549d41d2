"""Buckets that training reads refuse uploads under any other key than their own.

Why: whoever writes an object chooses its key. An intruder who uploads, or copies in place, under a key of another account holds
the training data to ransom, and objects under S3's own key slip out of every right and log that hangs on yours.

Fix: deny `s3:PutObject` to everyone where `s3:x-amz-server-side-encryption-aws-kms-key-id` is not the bucket's key, and where
`s3:x-amz-server-side-encryption` is there but is not `aws:kms`. Uploads without either header get the bucket's key; a denial that
wants the header breaks clients that send none. Block SSE-C in the bucket's encryption settings, as new buckets do: under a key
that only the uploader has, nobody else reads the object again. Objects that are there already keep their key. A resource control
policy of the organisation counts like the bucket's, where it was seen.
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

ALGORITHM = "s3:x-amz-server-side-encryption"
KEY = f"{ALGORITHM}-aws-kms-key-id"
UPLOADERS = f"{ALGORITHM}-customer-algorithm"
OTHER = "key/00000000-0000-0000-0000-000000000000"


@control(
    severity=Severity.MEDIUM,
    frameworks=("HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Workload, Limits),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
)
def training_bucket_key_enforced(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    if not holds_training_data(inventory, bucket):
        raise NotApplicable("no training job of the last 90 days reads it")
    keys = f"arn:{inventory.partition}:kms:{bucket.region}"
    cases: dict[str, dict[str, object]] = {
        "a key of another account": {ALGORITHM: "aws:kms", KEY: f"{keys}:000000000000:{OTHER}"},
        "another key of the account": {ALGORITHM: "aws:kms", KEY: f"{keys}:{inventory.account}:{OTHER}"},
        # Without a key's id S3 takes the key that AWS manages, whatever the bucket's default is.
        "the key that AWS manages for S3": {ALGORITHM: "aws:kms"},
        "S3's own key": {ALGORITHM: "AES256"},
    }
    for under, told in cases.items():
        if not _denied(bucket, told, inventory):
            yield Fault(f"the bucket's policy takes uploads under {under}", field="policy")
            return
    if not _denied(bucket, {UPLOADERS: "AES256"}, inventory) and not bucket.blocks_uploaders_keys:
        yield Fault("neither policy nor settings refuse uploads under a key that only the uploader has", field="policy")


def _denied(bucket: Bucket, told: dict[str, object], inventory: Inventory) -> bool:
    request = Request(ANONYMOUS, "s3:PutObject", f"{bucket.arn}/*", context={**told, "aws:SecureTransport": True})
    above = tuple(chain.from_iterable(limits_of(inventory).rcps))
    return denied_to_all(request, bucket.policy, "Bucket.policy", {ALGORITHM, KEY, UPLOADERS}, above)
