import json
from collections.abc import Mapping

import pytest

from hexward.controls.network.inference_url_authenticated import inference_url_authenticated
from hexward.inventory import Function, Stage, Workload
from hexward.inventory.lambda_ import FunctionUrl
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

ARN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:chat"
INFERENCE = seen(Workload, ARN, stage=Stage.INFER)
UNSIGNED = {"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}}
SIGNED = {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}}


def url(auth_type: str, alias: str = "") -> FunctionUrl:
    return FunctionUrl("https://x.lambda-url.us-east-1.on.aws/", f"{ARN}:{alias}" if alias else ARN, auth_type)


def policy(principal: object = "*", condition: Mapping[str, object] | None = None) -> str:
    grant = {
        "Effect": "Allow", "Principal": principal, "Action": "lambda:InvokeFunctionUrl", "Resource": ARN,
        "Condition": UNSIGNED if condition is None else condition,
    }  # fmt: skip
    return json.dumps({"Version": "2012-10-17", "Statement": [grant]})


def function(document: str | None, *urls: FunctionUrl) -> Function:
    return seen(Function, ARN, url=urls, policy=document, references=None, tags={})


PASS = inventory(function(policy(), url("AWS_IAM")), INFERENCE)
FAIL = inventory(function(policy(), url("NONE")), INFERENCE)


@pytest.mark.parametrize(
    ("document", "status"),
    [
        (policy({"AWS": "*"}), Status.FAIL),
        (policy(condition={}), Status.FAIL),
        (None, Status.PASS),
        (policy(condition=SIGNED), Status.PASS),
        (policy({"AWS": "arn:aws:iam::999999999999:root"}), Status.PASS),
        (policy(condition={"NoSuchOperator": {"aws:SourceIp": "10.0.0.0/8"}}), Status.UNKNOWN),
    ],
)
def test_an_address_without_authentication_is_open_only_where_the_policy_lets_everyone(document, status):
    assert judge(inference_url_authenticated, function(document, url("NONE")), INFERENCE).status is status


def test_the_policy_of_an_alias_is_not_known():
    aliased = function(None, url("NONE", "live"))
    assert judge(inference_url_authenticated, aliased, INFERENCE).status is Status.UNKNOWN
    both = function(policy(), url("NONE", "live"), url("NONE"))
    assert judge(inference_url_authenticated, both, INFERENCE).status is Status.FAIL
    assert judge(inference_url_authenticated, function(None, url("AWS_IAM", "live")), INFERENCE).status is Status.PASS


@pytest.mark.parametrize(
    ("urls", "others"),
    [((), (INFERENCE,)), ((url("NONE"),), ()), ((url("NONE"),), (seen(Workload, ARN, stage=Stage.TRAIN),))],
)
def test_functions_without_an_address_or_a_model_are_left_out(urls, others):
    assert judge(inference_url_authenticated, function(policy(), *urls), *others).status is Status.NOT_APPLICABLE
