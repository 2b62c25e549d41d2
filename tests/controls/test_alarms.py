"""Which calls raise an alarm is told by what filters and rules match, never by how they are written."""

import json

import pytest

from hexward.controls.alarms import AI_CHANGES, CHANGES, Alarming
from hexward.inventory import CloudTrailRegion, EventRule, MetricAlarm, MetricFilter, Record, Trail
from hexward.inventory.events import Target
from hexward.inventory.logs import MetricTransformation
from hexward.inventory.record import NotCollected
from tests.build import ACCOUNT, REGION, inventory, seen

TRAIL_ARN = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/main"
HERE = seen(CloudTrailRegion, f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/*", trail_arns=(TRAIL_ARN,))
TOPIC = Target("1", f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms")

STOP = "trails stopped"
PATTERN = '{ ($.eventName = "StopLogging") || ($.eventName = DeleteTrail) }'


def trail(*, logging: bool = True, group: str | None = "trail") -> Trail:
    arn = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:*" if group else None
    return seen(Trail, TRAIL_ARN, is_logging=logging, latest_delivery_error=None, cloud_watch_logs_log_group_arn=arn)


def counted(pattern: str = PATTERN, group: str = "trail", region: str = REGION) -> MetricFilter:
    return seen(
        MetricFilter, f"arn:{pattern}{group}{region}", region=region, log_group_name=group, filter_pattern=pattern,
        metric_transformations=(MetricTransformation("stops", "Own"),),
    )  # fmt: skip


def alarm(name: str = "stops", *, enabled: bool = True, region: str = REGION) -> MetricAlarm:
    return seen(
        MetricAlarm, f"arn:{name}", region=region, namespace="Own", metric_name=name, actions_enabled=enabled,
        alarm_actions=("arn:topic",),
    )  # fmt: skip


def rule(pattern: dict[str, object], *, target: Target = TOPIC, state: str = "ENABLED") -> EventRule:
    return seen(EventRule, name="rule", state=state, pattern=json.dumps(pattern), targets=(target,))


def alarming(*records: Record) -> Alarming:
    [one] = inventory(HERE, *records).of(Alarming).records
    return one


def test_an_account_without_alarms_hears_of_nothing():
    one = alarming(trail())
    assert one.unheard == tuple(CHANGES)
    assert one.unheard_ai == tuple(AI_CHANGES)
    assert not one.spikes_alarmed


@pytest.mark.parametrize(
    ("records", "heard"),
    [
        ((trail(), counted(), alarm()), True),
        ((trail(), counted("{ $.eventSource = cloudtrail.amazonaws.com }"), alarm()), True),
        ((trail(), counted(""), alarm()), True),
        ((trail(), counted("{ $.eventName = StopLogging }"), alarm()), False),
        ((trail(), counted('{ $.eventName = "stoplogging" || $.eventName = DeleteTrail }'), alarm()), False),
        ((trail(), counted(), alarm(enabled=False)), False),
        ((trail(), counted(), alarm("other")), False),
        ((trail(), counted(), alarm(region="eu-west-1")), False),
        ((trail(), counted(group="other"), alarm()), False),
        ((trail(), counted(region="eu-west-1"), alarm(region="eu-west-1")), False),
        ((trail(logging=False), counted(), alarm()), False),
        ((trail(group=None), counted(), alarm()), False),
    ],
)
def test_a_filter_its_alarm_and_a_trail_that_feeds_it_are_heard(records, heard):
    assert (STOP not in alarming(*records).unheard_ai) is heard


@pytest.mark.parametrize(
    ("one", "heard"),
    [
        (rule({"source": ["aws.cloudtrail"]}), True),
        (rule({"source": ["aws.cloudtrail"], "detail": {"eventName": ["StopLogging", "DeleteTrail"]}}), True),
        (rule({"source": ["aws.cloudtrail"], "detail": {"eventName": ["StopLogging"]}}), False),
        (rule({"source": ["aws.cloudtrail"]}, state="DISABLED"), False),
        (rule({"source": ["aws.cloudtrail"]}, target=Target("1", "arn:aws:logs:us-east-1:1:log-group:x")), False),
        (rule({"source": ["aws.s3"]}), False),
    ],
)
def test_a_rule_that_tells_somebody_is_heard_too(one, heard):
    assert (STOP not in alarming(trail(), one).unheard_ai) is heard


def test_patterns_that_are_often_recommended_are_heard_of_for_each_class():
    for name, events in {**CHANGES, **AI_CHANGES}.items():
        names = " || ".join(f'($.eventName = "{event["eventName"]}")' for event in events)
        one = alarming(trail(), counted(f"{{ {names} }}"), alarm())
        assert name not in (*one.unheard, *one.unheard_ai)


def test_what_was_not_read_may_be_an_alarm():
    for unread in (seen(MetricAlarm), alarm().punched("alarm_actions")):
        with pytest.raises(NotCollected):
            assert alarming(trail(), counted(""), unread).unheard
    with pytest.raises(NotCollected):
        assert alarming(trail().punched("is_logging"), counted(""), alarm()).unheard
    with pytest.raises(NotCollected):
        assert alarming(trail(), counted("ERROR"), alarm()).unheard


def test_what_is_surely_unheard_is_said_though_other_things_cannot_be_told():
    unread = rule({"source": ["aws.cloudtrail"]}, target=Target("1", "arn:aws:lambda:us-east-1:1:function:f"))
    assert STOP not in alarming(trail(), unread).unheard_ai
    assert "logs deleted" in alarming(trail(), unread).unheard_ai


def test_an_alarm_on_how_much_models_are_used():
    def on(namespace: str, metric: str) -> MetricAlarm:
        return seen(
            MetricAlarm, namespace=namespace, metric_name=metric, actions_enabled=True, alarm_actions=("arn:topic",)
        )

    assert alarming(trail(), on("AWS/Bedrock", "InputTokenCount")).spikes_alarmed
    assert not alarming(trail(), on("AWS/Bedrock", "InvocationLatency")).spikes_alarmed
