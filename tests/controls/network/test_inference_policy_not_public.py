import json
from collections.abc import Mapping

import pytest

from hexward.controls.network.inference_policy_not_public import inference_policy_not_public
from hexward.inventory import Function, Stage, Workload
from hexward.inventory.lambda_ import FunctionUrl
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

ARN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:chat"
INFERENCE = seen(Workload, ARN, stage=Stage.INFER)
VIA_ADDRESS = {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}}


def policy(
    principal: object, condition: Mapping[str, object] | None = None, action: str = "lambda:InvokeFunction"
) -> str:
    grant = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": ARN, "Condition": condition or {}}
    return json.dumps({"Version": "2012-10-17", "Statement": [grant]})


def function(document: str | None, auth_type: str = "") -> Function:
    urls = (FunctionUrl("https://x.lambda-url.us-east-1.on.aws/", ARN, auth_type),) if auth_type else ()
    return seen(Function, ARN, url=urls, policy=document, references=None, tags={})


OWN = {"StringEquals": {"AWS:SourceAccount": ACCOUNT}}
S3 = {"Service": "s3.amazonaws.com"}
API = {"Service": "apigateway.amazonaws.com"}

PASS = inventory(function(policy(S3, OWN)), INFERENCE)
FAIL = inventory(function(policy(S3)), INFERENCE)


@pytest.mark.parametrize(
    ("document", "aspects"),
    [
        (None, []),
        (policy("*"), ["accounts"]),
        (policy({"AWS": "*"}, action="lambda:*"), ["accounts", "code", "changes"]),
        (policy("*", action="lambda:UpdateFunctionCode"), ["changes"]),
        (policy({"AWS": "arn:aws:iam::999999999999:root"}, action="lambda:UpdateFunctionCode"), []),
        (policy("*", VIA_ADDRESS), []),
        (policy("*", {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}), []),
        (policy("*", {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}), []),
        (policy({"AWS": "arn:aws:iam::999999999999:root"}), []),
        (policy("*", action="lambda:GetFunction"), ["code"]),
        (policy("*", action="lambda:GetPolicy"), []),
        (policy("*", {"StringEquals": {"aws:PrincipalTag/team": "partner"}}), ["accounts"]),
        (policy("*", {"StringLike": {"aws:UserAgent": "partner*"}}), ["accounts"]),
        (policy("*", {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/partner"}}), ["accounts"]),
        (policy("*", {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::999999999999:role/partner"}}), []),
        (policy(S3, {"ArnLike": {"AWS:SourceArn": "arn:aws:s3:::in"}}), []),
        (policy(S3, {"ArnLike": {"AWS:SourceArn": "arn:aws:s3:::*"}}), ["s3.amazonaws.com"]),
        (policy(S3, {"ArnLike": {"AWS:SourceArn": "arn:aws:s3:::logs-*"}}), ["s3.amazonaws.com"]),
        (policy(S3, {"ArnLike": {"AWS:SourceArn": "arn:aws:s3:::logs-*"}, **OWN}), []),
        (
            policy({"Service": "events.amazonaws.com"}, {"ArnLike": {"AWS:SourceArn": "arn:aws:events:*:*:rule/*"}}),
            ["events.amazonaws.com"],
        ),
        (
            policy({"Service": "sns.amazonaws.com"}, {"ArnLike": {"AWS:SourceArn": "arn:aws:sns:eu-west-1:*:*"}}),
            ["sns.amazonaws.com"],
        ),
        (policy(API, {"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:*:*:*/prod/*"}}), ["apigateway.amazonaws.com"]),
        (policy(API), ["apigateway.amazonaws.com"]),
        (policy(API, {"ArnLike": {"AWS:SourceArn": f"arn:aws:execute-api:{REGION}:{ACCOUNT}:a/*"}}), []),
        (policy(API, {"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:*:*:*"}}), ["apigateway.amazonaws.com"]),
        (
            policy({"Service": ["events.amazonaws.com", "sns.amazonaws.com"]}),
            ["events.amazonaws.com", "sns.amazonaws.com"],
        ),
    ],
)
def test_lets_no_stranger_in_himself_or_through_a_service(document, aspects):
    assert [f.aspect for f in judge(inference_policy_not_public, function(document), INFERENCE).faults] == aspects


def test_a_signed_address_open_to_every_account_is_public_too():
    document = policy("*", {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}}, "lambda:InvokeFunctionUrl")
    faults = judge(inference_policy_not_public, function(document, "AWS_IAM"), INFERENCE).faults
    assert [f.aspect for f in faults] == ["address"]
    assert judge(inference_policy_not_public, function(document, "NONE"), INFERENCE).status is Status.PASS


def test_what_the_evaluator_does_not_support_is_unknown():
    document = policy("*", {"NoSuchOperator": {"aws:SourceIp": "10.0.0.0/8"}})
    assert judge(inference_policy_not_public, function(document), INFERENCE).status is Status.UNKNOWN


def test_functions_that_serve_no_model_are_left_out():
    assert judge(inference_policy_not_public, function(policy("*"))).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"aws:SecureTransport": "true"}},
        {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
        {"StringEquals": {"aws:RequestedRegion": REGION}},
    ],
)
def test_a_condition_that_any_stranger_meets_keeps_none_out(condition):
    assert judge(inference_policy_not_public, function(policy("*", condition)), INFERENCE).status is Status.FAIL


def test_the_policy_of_an_alias_with_an_address_is_not_taken_for_the_functions():
    url = FunctionUrl("https://x.lambda-url.us-east-1.on.aws/", f"{ARN}:prod", "AWS_IAM")
    one = seen(Function, ARN, url=(url,), policy=None, references=None, tags={})
    assert judge(inference_policy_not_public, one, INFERENCE).status is Status.UNKNOWN
