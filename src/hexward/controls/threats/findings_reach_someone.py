"""Someone is told of every severe GuardDuty finding.

Why: GuardDuty writes its findings into its own console and tells nobody. 1,247 of them, three of live stolen credentials, lay unread
while a rule that would have sent them was disabled.

Fix: enable a rule on the default bus for source aws.guardduty and severity 7 and more, with a topic, a queue, an incident plan or an
API destination as its target. Whether the topic is there and anyone subscribes to it is not judged here; a function that itself
writes to a person counts as unknown.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.routing import Routing, some
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("HIPAA:164.308(a)(6)(ii)", "NIST-800-53:IR-4", "NIST-800-53:SI-4"),
    source="https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html",
)
def findings_reach_someone(routing: Routing) -> Iterator[Fault]:
    if not routing.enabled:
        raise NotApplicable("GuardDuty is off here, which threats.guardduty_everywhere reports")
    if routing.unheard:
        yield Fault(f"no enabled rule sends findings such as {some(routing.unheard)} to anyone", field="unheard")
