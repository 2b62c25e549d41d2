"""Findings that a response could not be handed are tried again and kept.

Why: the hour of an attack is the hour of throttled functions and changed policies. EventBridge drops a finding that its target
refuses: without a queue for it there is neither a response nor a trace that one was due.

Fix: give each target that acts on GuardDuty findings a dead-letter queue in the same region, whose policy lets the rule send, and an
alarm on its depth; leave the retries at their default of 24 hours and 185 attempts. What the queue's policy says is not seen here.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.routing import is_acting, takes_severe
from hexward.inventory import EventRule
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:IR-4(1)",),
    source="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html",
)
def response_failures_kept(rule: EventRule) -> Iterator[Fault]:
    acting = [target for target in rule.targets if is_acting(target)]
    if not acting or not takes_severe(rule):
        raise NotApplicable("it hands no severe GuardDuty finding to anything that acts")
    for target in acting:
        queue = target.dead_letter_config.arn if target.dead_letter_config else None
        if queue is None:
            yield Fault(f"what {target.arn} refuses is dropped", field="targets", aspect=f"dead-letter {target.id}")
        if target.retry_policy and target.retry_policy.maximum_retry_attempts == 0:
            yield Fault(f"what {target.arn} refuses is not tried again", field="targets", aspect=f"retry {target.id}")
