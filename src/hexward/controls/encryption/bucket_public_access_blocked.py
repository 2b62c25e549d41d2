"""Buckets block public access, by their own switches or by the account's.

Why: one public access list or bucket policy, written by mistake or by an intruder, opens training data and models to anyone; the
four switches keep any such grant from working.

Fix: turn all four switches on for the account, or for the bucket; a website that is served from the bucket itself stops, and
belongs behind a distribution that signs its requests.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import AccountPublicAccess, Bucket, Inventory
from hexward.inventory.s3 import SWITCHES, blocks
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=(
        "AWS-FSBP:S3.2",
        "AWS-FSBP:S3.3",
        "CIS-AWS:2.1.4",
        "HIPAA:164.312(a)(1)",
        "NIST-800-53:AC-3",
        "PCI-DSS:1.4.4",
    ),
    uses=(AccountPublicAccess,),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
)
def bucket_public_access_blocked(bucket: Bucket, inventory: Inventory) -> Iterator[Fault]:
    off = [name for name in SWITCHES if not blocks(inventory, bucket, name)]
    if off:
        yield Fault(f"{', '.join(off)} are off for the bucket and the account", field="block", aspect="switches")
    # A public policy behind restrict_public_buckets lets in nobody but the account itself and AWS's services.
    if "restrict_public_buckets" in off and bucket.public:
        yield Fault("the bucket's policy lets anyone in", field="public", aspect="policy")
