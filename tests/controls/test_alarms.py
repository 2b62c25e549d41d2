"""Which calls raise an alarm is told by what filters and rules match, never by how they are written."""

import json
from typing import Any

import pytest

from hexward.controls.alarms import AI_CHANGES, CHANGES, Alarming
from hexward.inventory import CloudTrailRegion, EventRule, Inventory, MetricAlarm, MetricFilter, Record, Trail
from hexward.inventory.cloudwatch import Metric, MetricStat, Query
from hexward.inventory.event_selectors import AdvancedEventSelector, EventSelector, FieldSelector, Selectors
from hexward.inventory.events import Target
from hexward.inventory.logs import MetricTransformation
from hexward.inventory.record import NotCollected
from tests.build import ACCOUNT, NOW, REGION, inventory, seen

TRAIL_ARN = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/main"
HERE = seen(CloudTrailRegion, f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/*", trail_arns=(TRAIL_ARN,))
TOPIC = Target("1", f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms")

STOP = "trails stopped"
PATTERN = '{ ($.eventName = "StopLogging") || ($.eventName = DeleteTrail) }'


def trail(*, logging: bool = True, group: str | None = "trail", selectors: Selectors = ((), ())) -> Trail:
    arn = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:*" if group else None
    return seen(
        Trail, TRAIL_ARN, is_logging=logging, latest_delivery_error=None, cloud_watch_logs_log_group_arn=arn,
        event_selectors=selectors[0], advanced_event_selectors=selectors[1],
    )  # fmt: skip


def basic(**members: Any) -> Selectors:
    return (EventSelector(**members),), ()


def all_but(source: str) -> Selectors:
    fields = (FieldSelector("eventCategory", ("Management",)), FieldSelector("eventSource", not_equals=(source,)))
    return (), (AdvancedEventSelector(fields),)


def counted(pattern: str = PATTERN, group: str = "trail", region: str = REGION) -> MetricFilter:
    return seen(
        MetricFilter, f"arn:{pattern}{group}{region}", region=region, log_group_name=group, filter_pattern=pattern,
        metric_transformations=(MetricTransformation("stops", "Own"),),
    )  # fmt: skip


def alarm(
    name: str = "stops", *, enabled: bool = True, region: str = REGION, goes_off: str = "GreaterThanThreshold"
) -> MetricAlarm:
    return seen(
        MetricAlarm, f"arn:{name}", region=region, namespace="Own", metric_name=name, actions_enabled=enabled,
        alarm_actions=("arn:topic",), comparison_operator=goes_off,
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
        ((trail(), counted(), alarm(goes_off="LessThanThreshold")), False),
        ((trail(selectors=basic(read_write_type="ReadOnly")), counted(), alarm()), False),
        ((trail(selectors=basic(include_management_events=False)), counted(), alarm()), False),
        ((trail(selectors=basic(read_write_type="WriteOnly")), counted(), alarm()), True),
        ((trail(selectors=basic(exclude_management_event_sources=("kms.amazonaws.com",))), counted(), alarm()), True),
        (
            (
                trail(selectors=basic(exclude_management_event_sources=("cloudtrail.amazonaws.com",))),
                counted(),
                alarm(),
            ),
            False,
        ),
        ((trail(selectors=all_but("kms.amazonaws.com")), counted(), alarm()), True),
        ((trail(selectors=all_but("cloudtrail.amazonaws.com")), counted(), alarm()), False),
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


def on(namespace: str, metric: str, goes_off: str = "GreaterThanThreshold") -> MetricAlarm:
    return seen(
        MetricAlarm, namespace=namespace, metric_name=metric, comparison_operator=goes_off, actions_enabled=True,
        alarm_actions=("arn:topic",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "alarmed"),
    [
        (on("AWS/Bedrock", "InputTokenCount"), True),
        (on("AWS/Bedrock", "InvocationLatency"), False),
        (on("AWS/Bedrock", "Invocations", "LessThanThreshold"), False),
    ],
)
def test_an_alarm_on_how_much_models_are_used(one, alarmed):
    assert alarming(trail(), one).spikes_alarmed is alarmed


def over(*expressions: Query, threshold: str | None, metric: str = "Invocations") -> MetricAlarm:
    stat = Query("m1", MetricStat(Metric("AWS/Bedrock", metric)))
    return seen(
        MetricAlarm, name="many", namespace=None, metric_name=None, metrics=(stat, *expressions),
        threshold_metric_id=threshold, comparison_operator="GreaterThanUpperThreshold", actions_enabled=True,
        alarm_actions=("arn:topic",),
    )  # fmt: skip


BAND = Query("ad1", expression="ANOMALY_DETECTION_BAND(m1, 2)")


def test_a_band_of_what_is_usual_is_a_threshold():
    assert alarming(trail(), over(BAND, threshold="ad1")).spikes_alarmed
    assert not alarming(trail(), over(BAND, threshold="ad1", metric="InvocationLatency")).spikes_alarmed


def test_what_an_expression_makes_of_a_metric_is_unknown():
    rate = Query("e1", expression="m1 * 0")
    with pytest.raises(NotCollected):
        assert alarming(trail(), over(rate, threshold=None)).spikes_alarmed
    assert not alarming(trail(), over(rate, threshold=None, metric="InvocationLatency")).spikes_alarmed


IAM = "changes of IAM policies"
FAR = "eu-west-1"
FAR_ARN = f"arn:aws:cloudtrail:{FAR}:{ACCOUNT}:trail/*"


def test_calls_of_iam_are_listened_for_at_their_home_alone():
    far = seen(CloudTrailRegion, FAR_ARN, region=FAR, trail_arns=(TRAIL_ARN,))
    told = rule({"source": ["aws.iam"]})
    here, there = inventory(HERE, far, trail(), told).of(Alarming).records
    assert IAM not in here.unheard
    assert IAM not in there.unheard
    here, there = inventory(HERE, far, trail()).of(Alarming).records
    assert IAM in here.unheard
    assert IAM not in there.unheard


def test_rules_of_a_home_that_was_not_asked_for_may_hear_of_iam():
    arn = f"arn:aws:cloudtrail:{FAR}:{ACCOUNT}:trail/far"
    far = seen(CloudTrailRegion, FAR_ARN, region=FAR, trail_arns=(arn,))
    group = f"arn:aws:logs:{FAR}:{ACCOUNT}:log-group:trail:*"
    fed = seen(
        Trail, arn, region=FAR, is_logging=True, latest_delivery_error=None, cloud_watch_logs_log_group_arn=group,
        event_selectors=(), advanced_event_selectors=(),
    )  # fmt: skip
    alone = Inventory(
        ACCOUNT, NOW, (FAR,), (far, fed, counted("{ $.eventSource = s3.amazonaws.com }", region=FAR), alarm(region=FAR))
    )
    [one] = alone.of(Alarming).records
    assert "changes of routes" in one.unheard
    assert IAM not in one.unheard
    every = Inventory(ACCOUNT, NOW, (FAR,), (far, fed, counted("", region=FAR), alarm(region=FAR)))
    [one] = every.of(Alarming).records
    assert one.unheard == ()
