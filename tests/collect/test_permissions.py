"""What an audit asks an administrator for: real IAM actions that read, and a template that CloudFormation takes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hexward.aws import action_of
from hexward.collect.collect import tables
from hexward.collect.permissions import actions, calls, policy, template
from hexward.iam.authorization import Level, documented


@pytest.mark.parametrize("action", actions())
def test_every_action_is_one_that_aws_documents_as_reading(action):
    known = documented(action)
    assert known
    assert known.name == action
    assert known.level in {Level.READ, Level.LIST}


def test_every_call_of_every_table_is_permitted_and_nothing_else():
    needed = {action_of(call) for table in tables() for call in table.calls} | {"ec2:DescribeRegions"}
    [statement] = policy()["Statement"]
    assert set(statement["Action"]) == needed
    assert statement["Effect"] == "Allow"
    assert all(not call.startswith("sts:Assume") for call in calls())


def test_no_action_is_a_pattern():
    assert not [action for action in actions() if "*" in action or "?" in action]


def test_the_policy_fits_into_a_role():
    # Inline policies of a role hold 10,240 characters without white space; a managed policy holds 6,144.
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    assert len(json.dumps(policy(), separators=(",", ":"))) < 6144


def test_the_template_holds_the_policy_and_asks_for_the_external_id():
    role = template()["Resources"]["Reader"]["Properties"]
    assert [one["PolicyDocument"] for one in role["Policies"]] == [policy()]
    [trust] = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Condition"] == {"StringEquals": {"sts:ExternalId": {"Ref": "ExternalId"}}}


def linted(document: object, folder: Path) -> tuple[int, str]:
    path = folder / "template.json"
    path.write_text(json.dumps(document))
    command = [str(Path(sys.executable).with_name("cfn-lint")), "--format", "parseable", "--include-checks", "I", "--"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_cfn_lint_finds_nothing_wrong_with_the_template(tmp_path):
    assert linted(template(), tmp_path) == (0, "")


def test_cfn_lint_would_find_a_wrong_property(tmp_path):
    wrong = template()
    wrong["Resources"]["Reader"]["Properties"]["MaxSessionDuration"] = "an hour"
    code, told = linted(wrong, tmp_path)
    assert code != 0
    assert "is not of type 'integer'" in told
