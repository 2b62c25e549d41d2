"""The policy that `hexward doctor --policy` prints is enough for an audit, shown where identity policies are enforced."""

import json

import pytest

from hexward.aws.emulated import Emulated
from tests.emulators.running import ROOT_KEY, audit, hexward, localemu

pytestmark = pytest.mark.emulator


def policy(*actions):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]})


def make_auditor(iam):
    """Make a user who may assume a role, and the role, which may read IAM alone; returns the user's key and the role's ARN."""
    user = iam.create_user(UserName="auditor")["User"]["Arn"]
    iam.put_user_policy(UserName="auditor", PolicyName="assume", PolicyDocument=policy("sts:AssumeRole"))
    key = iam.create_access_key(UserName="auditor")["AccessKey"]
    trust = {"Effect": "Allow", "Principal": {"AWS": user}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = iam.create_role(RoleName="hexward", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    iam.put_role_policy(RoleName="hexward", PolicyName="iam", PolicyDocument=policy("iam:*"))
    return {"key": key["AccessKeyId"], "secret": key["SecretAccessKey"]}, role


def denied(document):
    return [gap for gap in document["gaps"] if gap["reason"] == "denied"]


# LocalEmu takes a client's name and operation for the action, where AWS documents another: no policy can permit those there.
MISNAMED = {
    *("accessanalyzer", "apigateway", "apigatewayv2", "bedrock-agentcore-control", "budgets", "elbv2"),
    *("opensearch", "opensearchserverless"),
}


def test_the_printed_policy_closes_every_gap_that_a_role_for_iam_alone_leaves(tmp_path):
    with localemu(tmp_path, IAM_ENFORCEMENT="1", ROOT_ACCESS_KEYS=ROOT_KEY) as running:
        emulated = Emulated(running.endpoint_url)
        iam = emulated.client("iam", "us-east-1")
        emulated.call("s3:CreateBucket", "us-east-1", {"Bucket": "training-data-of-ada"})
        emulated.call("kms:CreateKey", "us-east-1", {})
        credentials, role = make_auditor(iam)

        before = audit(running, "--role-arn", role, state=tmp_path / "before", **credentials)
        printed = hexward("doctor", "--policy", state=tmp_path / "doctor")
        iam.put_role_policy(RoleName="hexward", PolicyName="reads", PolicyDocument=printed.stdout)
        iam.delete_role_policy(RoleName="hexward", PolicyName="iam")
        after = audit(running, "--role-arn", role, state=tmp_path / "after", **credentials)

    missing = {gap["action"] for gap in denied(before.document)}
    assert before.code == 3
    assert {"s3:ListAllMyBuckets", "kms:ListKeys", "ec2:DescribeSubnets"} <= missing
    assert not [action for action in missing if not action or action.startswith("iam:")]
    seen = {one["control"] for one in before.document["findings"] if one["status"] != "unknown"}
    assert seen
    assert all(control.startswith("identity.") for control in seen)

    assert printed.code == 0
    assert missing <= set(json.loads(printed.stdout)["Statement"][0]["Action"])
    left = [gap for gap in denied(after.document) if gap["call"].partition(":")[0] not in MISNAMED]
    assert not left
    assert all(gap["call"] != gap["action"] for gap in denied(after.document))
