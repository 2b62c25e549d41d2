"""Every trail is switched on and delivers its files.

Why: a trail that was stopped, or whose bucket refuses its files, looks like protection and records nothing. Stopping it is the
first thing that an intruder with rights does.

Fix: start the trail again, and find out who stopped it (StopLogging, DeleteBucket and PutBucketPolicy in the event history). For a
delivery error let the bucket's policy and the key's policy allow CloudTrail to write; lost hours do not come back.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Trail
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-FSBP:CloudTrail.1", "HIPAA:164.312(b)", "NIST-800-53:AU-5", "NIST-800-53:AU-12"),
    source="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html",
)
def trail_logs(trail: Trail) -> Iterator[Fault]:
    if not trail.is_logging:
        yield Fault("the trail is stopped", field="is_logging", aspect="stopped")
    if trail.latest_delivery_error:
        yield Fault(
            f"the bucket refused the last log file: {trail.latest_delivery_error}",
            field="latest_delivery_error",
            aspect="delivery",
        )
