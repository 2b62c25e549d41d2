import json
import os
import subprocess
import sys
from typing import Any

import pytest

from hexward.aws.emulated import Emulated
from hexward.collect.permissions import policy

pytestmark = pytest.mark.emulator

REGION = "us-east-1"


@pytest.fixture
def audit(tmp_path):
    """Run the command as a user would; returns its exit code, its document and what it said."""

    def run(url: str, *more: str, key: tuple[str, str] = ("test", "test")) -> tuple[int, dict[str, Any], str]:
        environment = {
            "PATH": os.environ["PATH"],
            "AWS_ACCESS_KEY_ID": key[0],
            "AWS_SECRET_ACCESS_KEY": key[1],
            "AWS_EC2_METADATA_DISABLED": "true",
            "XDG_STATE_HOME": str(tmp_path),
            "HOME": str(tmp_path),
        }
        command = [
            sys.executable,
            "-m",
            "hexward",
            "audit",
            "--endpoint-url",
            url,
            "--region",
            REGION,
            "--format",
            "json",
        ]
        done = subprocess.run(
            [*command, *more], env=environment, capture_output=True, text=True, check=False, timeout=240
        )
        assert "Traceback" not in done.stderr
        return done.returncode, json.loads(done.stdout), done.stderr

    return run


@pytest.mark.parametrize("server", ["moto_url", "ministack_url", "localemu_url"])
def test_every_server_gives_a_whole_document_with_its_gaps_named(server, audit, request):
    code, document, _ = audit(request.getfixturevalue(server))
    assert document["schema"] == "hexward.audit/v1"
    assert code == (3 if document["gaps"] else 1)
    assert all(gap["call"] and gap["reason"] for gap in document["gaps"])
    assert {finding["practice"] for finding in document["findings"]} <= set(document["scores"]) - {"all"}
    unknown = [finding for finding in document["findings"] if finding["status"] == "unknown"]
    assert bool(unknown) == (not document["complete"])
    assert all(finding["gaps"] for finding in unknown)


@pytest.fixture
def role(localemu_url):
    """Make a role that may only call IAM, and a user who may assume it; returns the account, the role and the user's key."""
    emulated = Emulated(localemu_url)
    iam, account = emulated.client("iam", REGION), emulated.connection().account
    allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]}
    iam.create_user(UserName="auditor")
    key = iam.create_access_key(UserName="auditor")["AccessKey"]
    iam.put_user_policy(UserName="auditor", PolicyName="assume", PolicyDocument=json.dumps(allow))
    trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "sts:AssumeRole"}
    trusted = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    iam.create_role(RoleName="reader", AssumeRolePolicyDocument=trusted)
    only_iam = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]}
    iam.put_role_policy(RoleName="reader", PolicyName="iam", PolicyDocument=json.dumps(only_iam))
    emulated.client("s3", REGION).create_bucket(Bucket="training-data-of-a-test")
    emulated.client("kms", REGION).create_key()
    return emulated, f"arn:aws:iam::{account}:role/reader", key


def denied(document: dict[str, Any]) -> set[str]:
    return {gap["action"] for gap in document["gaps"] if gap["reason"] == "denied"}


def test_what_is_refused_is_named_and_readable_with_the_policy_of_the_doctor(role, audit, localemu_url):
    emulated, arn, key = role
    pair = (key["AccessKeyId"], key["SecretAccessKey"])

    code, before, _ = audit(localemu_url, "--role-arn", arn, key=pair)
    assert code == 3
    assert {"s3:ListAllMyBuckets", "kms:ListKeys", "sagemaker:ListModels", "ec2:DescribeSubnets"} <= denied(before)
    assert not {action for action in denied(before) if action.startswith("iam:")}
    outside = {f["status"] for f in before["findings"] if f["practice"] == "encryption"}
    assert outside == {"unknown"}

    emulated.client("iam", REGION).put_role_policy(
        RoleName="reader", PolicyName="hexward", PolicyDocument=json.dumps(policy())
    )
    _, after, _ = audit(localemu_url, "--role-arn", arn, key=pair)
    assert denied(after) == set()
    assert any(f["resource"] == "arn:aws:s3:::training-data-of-a-test" for f in after["findings"])
