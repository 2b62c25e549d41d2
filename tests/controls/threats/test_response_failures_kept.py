import json

import pytest

from hexward.controls.threats.response_failures_kept import response_failures_kept
from hexward.inventory import EventRule
from hexward.inventory.events import DeadLetterConfig, RetryPolicy, Target
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:contain"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:security"
QUEUE = DeadLetterConfig(arn=f"arn:aws:sqs:{REGION}:{ACCOUNT}:undelivered")


def rule(*targets: Target, state: str = "ENABLED", source: str = "aws.guardduty") -> EventRule:
    return seen(EventRule, name="guardduty", state=state, pattern=json.dumps({"source": [source]}), targets=targets)


PASS = inventory(rule(Target("a", FUNCTION, dead_letter_config=QUEUE)))
FAIL = inventory(rule(Target("a", FUNCTION)))


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (rule(Target("a", FUNCTION, dead_letter_config=DeadLetterConfig())), ["dead-letter a"]),
        (rule(Target("a", FUNCTION, None, QUEUE, RetryPolicy(0, 3600))), ["retry a"]),
        (rule(Target("a", FUNCTION, None, QUEUE, RetryPolicy(4, 3600))), []),
        (rule(Target("a", FUNCTION), Target("b", FUNCTION, None, QUEUE), Target("c", TOPIC)), ["dead-letter a"]),
    ],
)
def test_each_target_that_acts_needs_a_queue_and_a_second_try(one, aspects):
    assert [fault.aspect for fault in judge(response_failures_kept, one).faults] == aspects


@pytest.mark.parametrize(
    "one",
    [
        rule(Target("a", TOPIC)),
        rule(Target("a", FUNCTION), state="DISABLED"),
        rule(Target("a", FUNCTION), source="aws.ec2"),
        rule(),
    ],
)
def test_other_rules_are_left_out(one):
    assert judge(response_failures_kept, one).status is Status.NOT_APPLICABLE


def test_a_pattern_that_cannot_be_told_is_unknown():
    pattern = json.dumps({"source": ["aws.guardduty"], "detail": {"resource": {"resourceType": ["AccessKey"]}}})
    one = seen(EventRule, name="r", state="ENABLED", pattern=pattern, targets=(Target("a", FUNCTION),))
    assert judge(response_failures_kept, one).status is Status.UNKNOWN
