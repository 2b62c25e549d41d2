"""How a request that refutes is told: AWS's spelling of its action, and an ARN as AWS has it, if that changes nothing."""

import pytest

from hexward.iam import Request
from hexward.iam.natural import natural
from tests.iam.build import HOME, ROLE


def told(action, resource, actions=("*",), within="*", same=lambda _: True):
    """Return the action and the resource that are shown."""
    found = natural(Request(ROLE, action, resource, HOME), actions, within, same)
    return found.action, found.resource


@pytest.mark.parametrize(
    ("action", "resource", "shown"),
    [
        ("s3:getobject", "arn:aws:s3:::/x", ("s3:GetObject", "arn:aws:s3:::x/x")),
        ("iam:attachrolepolicy", "arn:aws:iam:::role/x", ("iam:AttachRolePolicy", f"arn:aws:iam::{HOME}:role/x")),
        ("kms:decrypt", "arn:aws:kms:::key/x", ("kms:Decrypt", f"arn:aws:kms:us-east-1:{HOME}:key/x")),
        ("bedrock:invokemodel", "arn:aws:bedrock:::foundation-model/m",
         ("bedrock:InvokeModel", "arn:aws:bedrock:us-east-1::foundation-model/m")),
        ("s3:get", "arn:aws:s3:::b/x", ("s3:GetObject", "arn:aws:s3:::b/x")),
        ("s3:listallmybuckets", "x", ("s3:ListAllMyBuckets", "x")),
    ],
)  # fmt: skip
def test_an_action_and_an_arn_are_told_as_aws_has_them(action, resource, shown):
    assert told(action, resource) == shown


def test_nothing_is_told_that_the_question_does_not_mean_or_that_is_not_as_good():
    assert told("s3:g", "arn:aws:s3:::/x", ("s3:Get*",), "arn:aws:s3:::/*") == ("s3:GetObject", "arn:aws:s3:::/x")
    assert told("s3:g", "arn:aws:s3:::/x", same=lambda _: False) == ("s3:g", "arn:aws:s3:::/x")
    assert told("unheard:of", "arn:aws:unheard:::x", ("unheard:Of",)) == ("unheard:Of", "arn:aws:unheard:::x")
    assert told("s3:teleport", "arn:aws:s3:::b", ("s3:Teleport",)) == ("s3:Teleport", "arn:aws:s3:::b")
