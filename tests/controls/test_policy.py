import json

import pytest

from hexward.controls.policy import decided, services_in, statements, strangers_context
from hexward.iam import ANONYMOUS, Policies, Request, Verdict
from hexward.inventory import NotCollected

BUCKET = "arn:aws:s3:::b"


def policy(**changes: object) -> str:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{BUCKET}/*", **changes}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def ask(document: str, principal: str = ANONYMOUS) -> Verdict:
    return decided(
        Request(principal, "s3:GetObject", f"{BUCKET}/a"), Policies(resource=document), "Bucket.policy"
    ).verdict


def test_decides_what_the_evaluator_can():
    assert ask(policy()) is Verdict.ALLOWED
    assert ask(policy(Effect="Deny")) is Verdict.EXPLICITLY_DENIED


@pytest.mark.parametrize(
    ("document", "principal"),
    [("{", ANONYMOUS), (policy(Effect="Maybe"), ANONYMOUS), (policy(), "no such principal"), (policy(NotAction="s3:Put*"), ANONYMOUS)],
)  # fmt: skip
def test_what_cannot_be_read_is_not_collected(document, principal):
    with pytest.raises(NotCollected, match=r"Bucket\.policy"):
        ask(document, principal)


def test_what_a_stranger_chooses_keeps_no_stranger_out():
    bound = policy(Condition={"StringLike": {"aws:UserAgent": "ours", "aws:Referer": "ours"}})
    request = Request(ANONYMOUS, "s3:GetObject", f"{BUCKET}/a", context=strangers_context("us-east-1"))
    assert decided(request, Policies(resource=bound), "Bucket.policy").verdict is Verdict.ALLOWED


def test_what_is_not_supported_is_not_collected():
    canonical = policy(Principal={"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"})
    with pytest.raises(NotCollected, match="CanonicalUser"):
        ask(canonical, "arn:aws:iam::111122223333:role/x")


def test_finds_the_services_that_are_allowed_something():
    allowed = policy(Principal={"Service": ["sns.amazonaws.com", "s3.amazonaws.com"]})
    assert services_in(allowed, "Bucket.policy") == ("s3.amazonaws.com", "sns.amazonaws.com")
    assert services_in(policy(Principal={"Service": "s3.amazonaws.com"}, Effect="Deny"), "Bucket.policy") == ()
    assert services_in(policy(), "Bucket.policy") == ()


def test_a_policy_that_cannot_be_read_has_no_statements():
    with pytest.raises(NotCollected, match=r"Bucket\.policy"):
        statements("[]", "Bucket.policy")
