"""Which severe findings are answered, and which are heard of, in accounts that are wired well, badly, or not to be seen."""

import json

import pytest

from hexward.controls.routing import SEVERE, Routing
from hexward.inventory import EventRule, Function, GuardDutyRegion, NotCollected, Record
from hexward.inventory.events import Target
from hexward.inventory.guardduty import Administrator
from hexward.model import Gap, Reason
from tests.build import ACCOUNT, REGION, inventory, seen
from tests.controls.identity.build import policy, role

FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:contain"
MACHINE = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:contain"
AUTOMATION = f"arn:aws:ssm:{REGION}:{ACCOUNT}:automation-definition/contain:$DEFAULT"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:security"
BUS = f"arn:aws:events:{REGION}:999999999999:event-bus/default"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/start"
RULE = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/guardduty"
ALL = tuple(f"severity {severity} {kind}" for severity, kind in SEVERE)
CRITICAL = ALL[-1:]

FINDINGS = {"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]}


def severity(*values: object) -> dict[str, object]:
    return FINDINGS | {"detail": {"severity": list(values)}}


def rule(
    *targets: str, pattern: object = FINDINGS, state: str = "ENABLED", role_arn: str | None = None, region: str = REGION
) -> EventRule:
    made = tuple(Target(str(at), arn, role_arn) for at, arn in enumerate(targets))
    return seen(
        EventRule, RULE, region=region, name="guardduty", state=state, pattern=json.dumps(pattern), targets=made
    )


def grant(principal: str = "events.amazonaws.com", source: str = RULE) -> str:
    condition = {"ArnLike": {"AWS:SourceArn": source}}
    return policy(
        Principal={"Service": principal}, Action="lambda:InvokeFunction", Resource=FUNCTION, Condition=condition
    )


def function(document: str | None) -> Function:
    return seen(Function, FUNCTION, policy=document)


def starter(document: str, trusted: str = "events.amazonaws.com") -> Record:
    return role(document, arn=ROLE, trust=policy(Principal={"Service": trusted}, Action="sts:AssumeRole"))


WORKING = function(grant())


def routed(*records: Record, administrator: Administrator | None = None, unlisted: object = None) -> Routing:
    region = seen(GuardDutyRegion, detector_ids=("d",), status="ENABLED", administrator=administrator)
    [one] = inventory(region, *records, unlisted=unlisted).of(Routing)  # type: ignore[arg-type]
    return one


@pytest.mark.parametrize(
    "pattern",
    [FINDINGS, severity({"numeric": [">=", 7]}), severity(7, 8, 9), {"source": [{"prefix": "aws."}]}],
)
def test_an_enabled_rule_with_a_function_that_may_be_invoked_answers(pattern):
    assert routed(rule(FUNCTION, pattern=pattern), WORKING).unanswered == ()
    assert routed(rule(f"{FUNCTION}:$LATEST", pattern=pattern), WORKING).unanswered == ()


@pytest.mark.parametrize(
    ("records", "lacking"),
    [
        ([], ALL),
        ([rule(FUNCTION, state="DISABLED"), WORKING], ALL),
        ([rule(FUNCTION, pattern={"source": ["aws.ec2"]}), WORKING], ALL),
        ([rule(FUNCTION, pattern=severity({"numeric": [">=", 7, "<", 9]})), WORKING], CRITICAL),
        ([rule(FUNCTION, pattern=severity({"numeric": [">", 7]})), WORKING], ALL[:1]),
        ([rule(FUNCTION, pattern=FINDINGS | {"detail": {"type": [{"prefix": "Exfiltration:"}]}}), WORKING], (*ALL[:2], *ALL[3:])),
        ([rule(FUNCTION, region="eu-west-1"), WORKING], ALL),
        ([rule(FUNCTION)], ALL),
        ([rule(FUNCTION), function(None)], ALL),
        ([rule(FUNCTION), function(grant("sns.amazonaws.com"))], ALL),
        ([rule(FUNCTION), function(grant(source="arn:aws:events:us-east-1:111122223333:rule/other"))], ALL),
        ([rule(TOPIC), WORKING], ALL),
        ([rule(MACHINE)], ALL),
        ([rule(FUNCTION, role_arn=ROLE), WORKING], ALL),
        ([rule(), WORKING], ALL),
    ],
)  # fmt: skip
def test_what_cannot_work_answers_nothing(records, lacking):
    assert routed(*records).unanswered == lacking


@pytest.mark.parametrize(
    ("target", "action"),
    [
        (FUNCTION, "lambda:InvokeFunction"),
        (MACHINE, "states:StartExecution"),
        (AUTOMATION, "ssm:StartAutomationExecution"),
    ],
)
def test_a_role_must_be_permitted_and_trust_eventbridge(target, action):
    permitted, other = policy(Action=action), policy(Action="s3:GetObject")
    uninvited = function(None)
    assert routed(rule(target, role_arn=ROLE), uninvited, starter(permitted)).unanswered == ()
    assert routed(rule(target, role_arn=ROLE), uninvited, starter(other)).unanswered == ALL
    assert routed(rule(target, role_arn=ROLE), uninvited, starter(permitted, "lambda.amazonaws.com")).unanswered == ALL


def test_one_working_target_is_enough():
    assert routed(rule(TOPIC, BUS, FUNCTION), WORKING).unanswered == ()
    assert routed(rule(TOPIC, BUS, FUNCTION), WORKING).unheard == ()


DENIED = Gap(Reason.DENIED, "no", "events:ListRules", "events:ListRules", region=REGION)


@pytest.mark.parametrize(
    ("records", "more"),
    [
        ([rule(BUS)], {}),
        ([rule(f"{FUNCTION}:prod"), WORKING], {}),
        ([rule("arn:aws:lambda:us-east-1:999999999999:function:contain")], {}),
        ([rule(FUNCTION, pattern=FINDINGS | {"detail": {"resource": {"resourceType": ["AccessKey"]}}}), WORKING], {}),
        ([rule(FUNCTION, pattern=severity(7.0, 8.0, 9.0)), WORKING], {}),
        ([rule(FUNCTION).punched("targets"), WORKING], {}),
        ([rule(FUNCTION).punched("state"), WORKING], {}),
        ([rule(FUNCTION), WORKING.punched("policy")], {}),
        ([rule(FUNCTION), function(grant().replace("ArnLike", "NoSuchOperator"))], {}),
        ([], {"unlisted": {(EventRule, REGION): DENIED}}),
        ([rule(FUNCTION)], {"unlisted": {(Function, REGION): DENIED}}),
        ([], {"administrator": Administrator("999999999999", "Enabled")}),
    ],
)
def test_what_was_not_seen_may_answer(records, more):
    with pytest.raises(NotCollected):
        _ = routed(*records, **more).unanswered


def test_a_gap_does_not_hide_the_findings_that_surely_nothing_answers():
    doubtful = rule(BUS, pattern=severity({"numeric": [">=", 9]}))
    assert routed(doubtful).unanswered == ALL[:-1]


@pytest.mark.parametrize(
    ("target", "heard"),
    [
        (TOPIC, True),
        (f"arn:aws:sqs:{REGION}:{ACCOUNT}:siem", True),
        (f"arn:aws:events:{REGION}:{ACCOUNT}:api-destination/chat/1", True),
        (f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/events/guardduty", False),
    ],
)
def test_a_log_group_tells_nobody(target, heard):
    assert routed(rule(target)).unheard == (() if heard else ALL)
    assert routed(rule(target, state="DISABLED")).unheard == ALL


def test_whether_a_function_tells_anyone_is_unknown():
    with pytest.raises(NotCollected):
        _ = routed(rule(FUNCTION), WORKING).unheard
