import json

import pytest

from hexward.controls.trail.alarm_reaches_human import alarm_reaches_human
from hexward.inventory import Key, MetricAlarm, Topic
from hexward.inventory.sns import Subscription
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

ARN = f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms"
KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
ALARM = seen(MetricAlarm, alarm_actions=(ARN,))
ANA = Subscription(f"{ARN}:1", "email")
WAITING = Subscription("PendingConfirmation", "email")
QUEUE = Subscription(f"{ARN}:2", "sqs")


def policy(principal: object, action: str, **condition: object) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | condition]})


DEFAULT = policy({"AWS": "*"}, "SNS:Publish", Condition={"StringEquals": {"AWS:SourceOwner": ACCOUNT}})
CLOUDWATCH = {"Service": "cloudwatch.amazonaws.com"}
KEY = seen(Key, KEY_ARN, manager="CUSTOMER", policy=policy(CLOUDWATCH, "kms:*"))


def topic(*readers: Subscription, may: str = DEFAULT, key: str | None = None) -> Topic:
    return seen(Topic, ARN, subscriptions=readers, policy=may, kms_master_key_id=key)


PASS = inventory(topic(ANA), ALARM)
FAIL = inventory(topic(WAITING), ALARM)


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (topic(WAITING, ANA), []),
        (topic(), ["reader"]),
        (topic(QUEUE), ["reader"]),
        (topic(ANA, may=policy(CLOUDWATCH, "sns:Publish")), []),
        (topic(ANA, may=policy({"Service": "events.amazonaws.com"}, "sns:Publish")), ["policy"]),
        (topic(ANA, may=policy(CLOUDWATCH, "sns:Subscribe")), ["policy"]),
        (topic(ANA, key="k1"), []),
        (topic(QUEUE, may=policy(CLOUDWATCH, "sns:Subscribe")), ["reader", "policy"]),
    ],
)
def test_wants_a_reader_and_the_right_to_send(one, aspects):
    assert [fault.aspect for fault in judge(alarm_reaches_human, one, ALARM, KEY).faults] == aspects


def test_awss_key_and_a_key_that_cloudwatch_may_not_use_are_faults():
    for key in (
        seen(Key, KEY_ARN, manager="AWS"),
        seen(Key, KEY_ARN, manager="CUSTOMER", policy=policy({"AWS": "*"}, "kms:Decrypt")),
    ):
        assert [fault.aspect for fault in judge(alarm_reaches_human, topic(ANA, key="k1"), ALARM, key).faults] == [
            "key"
        ]


def test_a_topic_without_alarms_is_not_judged():
    other = seen(MetricAlarm, alarm_actions=("arn:other",))
    assert judge(alarm_reaches_human, topic(), other).status is Status.NOT_APPLICABLE
    unread = seen(MetricAlarm)
    assert judge(alarm_reaches_human, topic(), unread).status is Status.UNKNOWN
