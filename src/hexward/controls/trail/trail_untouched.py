"""Nobody stopped a trail, or made it record less, in the last 90 days.

Why: stopping the trail is the first thing that an intruder with rights does, and starting it again afterwards leaves a trail that
looks whole with the hours cut out of it.

Fix: find out who made the call and what else they did while nothing was recorded; where it was planned, accept it by name in
hexward.toml. CloudTrail's own history, which this reads, keeps 90 days and cannot be stopped.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import TrailHistory
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AU-9", "NIST-800-53:AU-6", "PCI-DSS:10.3.2"),
    source="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html",
)
def trail_untouched(history: TrailHistory) -> Iterator[Fault]:
    for one in history.tamperings:
        yield Fault(
            f"{one.call} of {one.trail} by {one.who} on {one.at:%Y-%m-%d %H:%M} UTC: {one.lessens}",
            field="tamperings",
            aspect=f"{one.call} {one.trail} {one.at:%Y-%m-%dT%H:%M:%SZ}",
        )
