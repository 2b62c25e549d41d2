"""Buckets of released data sets keep anyone from changing or deleting what was released.

Why: a model can be judged, repeated and defended only with the data that it was made of. Whoever holds a stolen role deletes the data
set for a ransom, or swaps a few rows and denies that they were ever other.

Fix: turn on Object Lock with a default retention, or versioning that asks for MFA before a version is deleted. Object Lock needs
versioning and cannot be taken off again; locked objects are paid for until their time is over. A bucket counts where the tag
`dataset-status` says `released`.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Bucket
from hexward.inventory.sensitivity import is_released
from hexward.model import Fault, Kind, Severity


@control(
    severity=Severity.MEDIUM,
    kind=Kind.ADVICE,
    frameworks=("HIPAA:164.312(c)(1)", "NIST-800-53:SI-7", "OWASP-LLM:LLM04"),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
)
def training_data_locked(bucket: Bucket) -> Iterator[Fault]:
    if not is_released(bucket.tags):
        raise NotApplicable("no tag says that it holds a released data set")
    if bucket.object_lock is not None and bucket.object_lock.locks_by_itself:
        return
    if bucket.versioning != "Enabled" or bucket.mfa_delete != "Enabled":
        yield Fault("the released data set can be changed and deleted", field="object_lock")
