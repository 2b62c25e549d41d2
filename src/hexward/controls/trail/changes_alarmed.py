"""Somebody is told of changes to identities, trails, keys and networks.

Why: logs that nobody reads stop no one. An intruder uses the root user, writes a policy, stops a trail and opens a security group,
each of them one event; the fintech account learned of it on Monday.

Fix: for each of these changes make a metric filter over the trail's log group with an alarm that sends to a topic, or a rule of
EventBridge with a topic as its target. Patterns are judged by what they match, not by their text. What an alarm on an expression
over several metrics makes of them is unknown, and so is what a function does that a rule calls; thresholds are not judged.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.alarms import Alarming
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AU-6", "NIST-800-53:SI-4", "HIPAA:164.308(a)(1)(ii)(D)"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html",
)
def changes_alarmed(alarming: Alarming) -> Iterator[Fault]:
    if alarming.unheard:
        yield Fault(f"no alarm follows {', '.join(alarming.unheard)}", field="unheard")
