"""Proofs about actions, resources and principals, held against every request of a pool: special actions and callers are among them."""

from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.iam import ANONYMOUS, Outcome, Request, RequestError, no_new_access
from tests.iam.build import policy
from tests.iam.pairs import refutes

HOME, ABROAD = "111111111111", "222222222222"
ACTIONS = ["*", "s3:*", "s3:Get*", "s3:GetObject", "s3:GetBucketPolicy", "s3:PutBucketPolicy", "kms:*", "kms:Decrypt", "sts:*",
           "sts:AssumeRole", "sts:GetCallerIdentity", "sts:GetSessionToken",
           "iam:List*", "iam:ListUsers", "S3:getobject", "s3:?etObject"]  # fmt: skip
RESOURCES = ["*", "arn:aws:s3:::*", "arn:aws:s3:::a*", "arn:aws:s3:::a/*", "arn:aws:kms:*:111111111111:key/*", "arn:aws:iam::*:role/*",
             "arn:aws:iam::111111111111:role/x", "arn:aws:s3:::?", "arn:*:s3:::b"]  # fmt: skip
PRINCIPALS: list[object] = [
    "*", {"AWS": "*"}, {"AWS": HOME}, {"AWS": [f"arn:aws:iam::{HOME}:role/train"]}, {"AWS": f"arn:aws:iam::{ABROAD}:root"},
    {"AWS": [f"arn:aws:sts::{HOME}:assumed-role/train/job", f"arn:aws:iam::{ABROAD}:user/u"]}, {"Service": "lambda.amazonaws.com"},
]  # fmt: skip
ASKED = [
    "s3:GetObject", "s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteObject", "kms:Decrypt", "kms:Encrypt", "sts:AssumeRole",
    "sts:GetCallerIdentity", "sts:GetSessionToken", "iam:ListUsers", "iam:ListRoles", "ec2:RunInstances",
]  # fmt: skip
OF = ["*", "arn:aws:s3:::a", "arn:aws:s3:::ab/x", "arn:aws:s3:::b", "arn:aws:kms:eu-west-1:111111111111:key/k",
      "arn:aws:kms:eu-west-1:222222222222:key/k", "arn:aws:iam::111111111111:role/x", "arn:aws:iam::222222222222:role/x"]  # fmt: skip
WITHOUT_RESOURCES = {"iam:ListUsers", "iam:ListRoles", "sts:GetCallerIdentity", "sts:GetSessionToken"}
CALLERS = [
    f"arn:aws:iam::{HOME}:role/train", f"arn:aws:sts::{HOME}:assumed-role/train/job", f"arn:aws:iam::{HOME}:user/u",
    f"arn:aws:iam::{HOME}:root", f"arn:aws:iam::{ABROAD}:user/u", "lambda.amazonaws.com", ANONYMOUS,
]  # fmt: skip


def document(luck: Random, kind: str) -> dict[str, Any]:
    statements = []
    for _ in range(luck.randint(1, 3)):
        one: dict[str, Any] = {"Effect": "Allow" if luck.random() < 0.7 else "Deny"}
        one["Action" if luck.random() < 0.8 else "NotAction"] = luck.sample(ACTIONS, luck.randint(1, 3))
        one["Resource" if luck.random() < 0.7 else "NotResource"] = luck.sample(RESOURCES, luck.randint(1, 2))
        if kind == "resource":
            excluded = one["Effect"] == "Deny" and luck.random() < 0.3
            one["NotPrincipal" if excluded else "Principal"] = luck.choice(PRINCIPALS[2:] if excluded else PRINCIPALS)
        statements.append(one)
    return policy(*statements)


def contradiction(old: dict[str, Any], new: dict[str, Any], kind: str) -> Request | None:
    """Return a request of the pool that the new policy allows and the old one denies; None if there is none."""
    callers = CALLERS if kind == "resource" else CALLERS[:1]
    for caller, action, resource, account in product(callers, ASKED, OF, (HOME, ABROAD)):
        in_arn = resource.split(":")[4] if resource.count(":") > 4 else ""
        # Of an action that has kinds of resources, `*` asks whether any of them could be allowed, and is no request.
        if (in_arn and account != in_arn) or (resource == "*" and action not in WITHOUT_RESOURCES):
            continue
        request = Request(caller, action, resource, account if not in_arn else None)
        try:
            if refutes(request, old, new, kind):
                return request
        except RequestError:
            continue
    return None


def check(seed: int) -> Outcome:
    luck = Random(seed)  # noqa: S311  (nothing secret)
    kind = luck.choice(["identity", "resource"])
    old, new = document(luck, kind), document(luck, kind)
    found = no_new_access(old, new, kind)
    if found.verdict is Outcome.PROVED:
        assert contradiction(old, new, kind) is None, (seed, kind, old, new)
    if found.verdict is Outcome.REFUTED:
        assert found.witness is not None
        assert refutes(found.witness, old, new, kind), (seed, kind, old, new, found.witness)
    return found.verdict


@given(st.integers(0, 1_000_000))
@settings(deadline=None, max_examples=60)
def test_no_request_of_the_pool_contradicts_a_proof(seed):
    check(seed)


def test_most_pairs_are_proved_or_refuted():
    verdicts = [check(seed) for seed in range(150)]
    assert min(verdicts.count(Outcome.PROVED), verdicts.count(Outcome.REFUTED)) > 15
    assert verdicts.count(Outcome.UNKNOWN) < 15


@pytest.mark.long
def test_no_request_of_the_pool_contradicts_one_of_very_many_proofs():
    for seed in range(2_000_000, 2_005_000):
        check(seed)
