"""Something acts by itself on every severe GuardDuty finding.

Why: a stolen key empties a training bucket in minutes. A finding that waits for someone to open the console, or that a disabled
rule would have handed to a function which EventBridge may not invoke, is read the next morning.

Fix: enable a rule on the default bus for source aws.guardduty and severity 7 and more (with critical ones, so no list that ends at
8.9) with a function, a state machine or an automation as its target, and let events.amazonaws.com invoke it. Topics and queues only
tell. Five examples stand for all severe findings; whether what is invoked contains anything is shown by a drill, not here.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.routing import Routing, some
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=("HIPAA:164.308(a)(6)(ii)", "NIST-800-53:IR-4(1)", "NIST-800-53:SI-4"),
    source="https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-guardduty.html",
)
def response_wired(routing: Routing) -> Iterator[Fault]:
    if not routing.enabled:
        raise NotApplicable("GuardDuty is off here, which threats.guardduty_everywhere reports")
    if routing.unanswered:
        yield Fault(
            f"no working rule hands findings such as {some(routing.unanswered)} to anything that acts", "unanswered"
        )
