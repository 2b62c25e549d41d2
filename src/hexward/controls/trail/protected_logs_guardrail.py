"""Guardrails keep users and roles from deleting logs.

Why: whoever ran GPUs for $67,400 deleted the CloudWatch logs afterwards. A log group, or a bucket of log files, that an
administrator of the account can empty convicts nobody.

Fix: in a service control policy deny the deletion of log groups and streams and changes of their retention; for each bucket that a
trail writes to the deletion of objects, policy and bucket and changes of the lifecycle (a resource control policy does as well); and
whatever stops or changes a trail. Exempt the role that sets logs up; it alone then removes old log groups. A bucket in another
account, good practice for an archive, is unknown from here; bucket policies and Object Lock are not taken into account. No guardrail
binds the management account: move what runs in it.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.guardrail import LOOKS_AT, Attempt, unstopped
from hexward.inventory import Bucket, Inventory, NotCollected, Organization, Trail, bucket_named, note, readable
from hexward.model import Fault, Severity

GROUP = "arn:{partition}:logs:{region}:{account}:log-group:*"
TRAIL = "arn:{partition}:cloudtrail:{region}:{account}:trail/*"
ATTEMPTS = (
    Attempt("logs:DeleteLogGroup", GROUP),
    Attempt("logs:DeleteLogStream", f"{GROUP}:log-stream:*"),
    Attempt("logs:PutRetentionPolicy", GROUP),
    *(
        Attempt(f"cloudtrail:{call}", TRAIL)
        for call in ("DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail")
    ),
)
ON_BUCKETS = {
    "s3:DeleteBucket": "",
    "s3:DeleteBucketPolicy": "",
    "s3:DeleteObject": "/*",
    "s3:DeleteObjectVersion": "/*",
    "s3:PutLifecycleConfiguration": "",
}
"""What destroys log files, and whether it is about the bucket or about what is in it."""


def attempts(inventory: Inventory) -> Iterator[Attempt]:
    """Yield each way to destroy logs; of buckets, those of the account to which its trails write."""
    yield from ATTEMPTS
    for name in dict.fromkeys(trail.s3_bucket_name for trail in readable(inventory.of(Trail), "s3_bucket_name")):
        try:
            region = bucket_named(inventory, name).region
        except NotCollected as missing:
            note(missing)
            continue
        for action, inside in ON_BUCKETS.items():
            yield Attempt(action, f"arn:{{partition}}:s3:::{name}{inside}", of=name, regions=(region,))


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AU-9", "PCI-DSS:10.3.2", "HIPAA:164.312(b)"),
    uses=(*LOOKS_AT, Trail, Bucket),
    source="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
)
def protected_logs_guardrail(organization: Organization, inventory: Inventory) -> Iterator[Fault]:
    yield from unstopped(organization, inventory, attempts(inventory))
