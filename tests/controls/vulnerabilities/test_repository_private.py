import json

import pytest

from hexward.controls.vulnerabilities.repository_private import repository_private
from hexward.inventory import Repository
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

ARN = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/serve"
PULL = ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]
OURS = {"AWS": "arn:aws:iam::444455556666:root"}


def repository(principal: object, action: object = PULL, **more: object) -> Repository:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, **more}
    return seen(Repository, ARN, policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def when(operator: str, key: str, value: str) -> dict[str, object]:
    return {operator: {key: value}}


PASS = inventory(repository(OURS))
FAIL = inventory(repository("*"))


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (repository({"AWS": "*"}), ["ecr:BatchGetImage"]),
        (repository("*", "ecr:*"), ["ecr:BatchGetImage", "ecr:PutImage", "ecr:SetRepositoryPolicy"]),
        (repository("*", "ecr:DescribeImages"), []),
        (repository("*", Condition=when("StringEquals", "aws:PrincipalOrgID", "o-1")), []),
        (repository("*", Condition=when("StringNotEquals", "aws:PrincipalOrgID", "o-1")), ["ecr:BatchGetImage"]),
        (repository({"Service": "lambda.amazonaws.com"}), []),
    ],
)
def test_finds_what_an_account_that_nobody_named_may_do(one, aspects):
    assert [fault.aspect for fault in judge(repository_private, one).faults] == aspects


def test_a_repository_without_a_policy_is_closed_and_an_unreadable_policy_is_unknown():
    assert judge(repository_private, seen(Repository, ARN, policy=None)).status is Status.NOT_APPLICABLE
    assert judge(repository_private, seen(Repository, ARN, policy='{"Statement": 5}')).status is Status.UNKNOWN
