"""Proofs about actions, resources, principals and conditions on them, held against every request of a pool.

Special actions and callers are among them, users and roles with a path, resources of every account and of none, and trust policies.
"""

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
    {"AWS": f"arn:aws:iam::{HOME}:user/p/bob"}, {"AWS": [HOME, f"arn:aws:iam::{HOME}:role/p/r", f"arn:aws:iam::{HOME}:user/p/bob"]},
]  # fmt: skip
CONDITIONS = [
    {"StringEquals": {"aws:PrincipalType": "User"}}, {"StringLike": {"aws:PrincipalAccount": "1*"}},
    {"StringEquals": {"aws:ResourceAccount": HOME}}, {"StringLike": {"aws:ResourceAccount": "2*"}},
    {"StringNotEquals": {"aws:ResourceAccount": ABROAD}}, {"Null": {"aws:ResourceAccount": "true"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:*/p/*"}}, {"ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::{HOME}:role/*"}},
    {"StringEquals": {"aws:userid": [HOME, f"{HOME}:f"]}}, {"StringEquals": {"aws:username": ["bob", "u"]}},
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
    f"arn:aws:iam::{HOME}:user/p/bob", f"arn:aws:iam::{HOME}:role/p/r", f"arn:aws:sts::{HOME}:assumed-role/r/s",
    f"arn:aws:sts::{HOME}:federated-user/f",
]  # fmt: skip
BEHIND = {f"arn:aws:sts::{HOME}:assumed-role/r/s": {"aws:PrincipalArn": f"arn:aws:iam::{HOME}:role/p/r"}}
"""What a session's ARN does not show of the role behind it."""


def document(luck: Random, kind: str) -> dict[str, Any]:
    if kind == "trust":
        return trust(luck)
    statements = []
    for _ in range(luck.randint(1, 3)):
        one: dict[str, Any] = {"Effect": "Allow" if luck.random() < 0.7 else "Deny"}
        one["Action" if luck.random() < 0.8 else "NotAction"] = luck.sample(ACTIONS, luck.randint(1, 3))
        one["Resource" if luck.random() < 0.7 else "NotResource"] = luck.sample(RESOURCES, luck.randint(1, 2))
        if kind == "resource":
            excluded = one["Effect"] == "Deny" and luck.random() < 0.3
            one["NotPrincipal" if excluded else "Principal"] = luck.choice(PRINCIPALS[2:] if excluded else PRINCIPALS)
            if luck.random() < 0.3:
                one["Condition"] = luck.choice(CONDITIONS)
        statements.append(one)
    return policy(*statements)


def trust(luck: Random) -> dict[str, Any]:
    """Return the trust policy of a role."""
    statements: list[dict[str, Any]] = []
    for _ in range(luck.randint(1, 3)):
        one: dict[str, Any] = {
            "Effect": "Allow" if luck.random() < 0.6 else "Deny",
            "Action": luck.choice(["sts:*", "sts:AssumeRole"]),
        }
        excluded = one["Effect"] == "Deny" and luck.random() < 0.6
        one["NotPrincipal" if excluded else "Principal"] = luck.choice(PRINCIPALS[2:] if excluded else PRINCIPALS)
        if luck.random() < 0.3:
            one["Condition"] = luck.choice(CONDITIONS)
        statements.append(one)
    return policy(*statements)


def changed(luck: Random, old: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return a policy without one of its statements, which another takes the place of or none."""
    statements = list(old["Statement"])
    statements.pop(luck.randrange(len(statements)))
    more = other["Statement"][: luck.randint(0, 1)]
    return policy(*statements, *more) if statements or more else other


def contradiction(old: dict[str, Any], new: dict[str, Any], kind: str) -> Request | None:
    """Return a request of the pool that the new policy allows and the old one denies; None if there is none."""
    callers = CALLERS if kind != "identity" else CALLERS[:1]
    asked = [one for one in ASKED if one.startswith("sts:")] if kind == "trust" else ASKED
    for caller, action, resource, account in product(callers, asked, OF, (HOME, ABROAD, None)):
        if kind == "trust" and ":role/" not in resource:
            continue
        in_arn = resource.split(":")[4] if resource.count(":") > 4 else ""
        # Of an action that has kinds of resources, `*` asks whether any of them could be allowed, and is no request.
        if (
            (in_arn and account != in_arn)
            or (account is None and not_told(caller))
            or (resource == "*" and action not in WITHOUT_RESOURCES)
        ):
            continue
        request = Request(caller, action, resource, account if not in_arn else None, BEHIND.get(caller, {}))
        try:
            if refutes(request, old, new, "identity" if kind == "identity" else "resource"):
                return request
        except RequestError:
            continue
    return None


def not_told(caller: str) -> bool:
    """Say whether an owner that is not told is the caller's account, which is asked about already."""
    return caller.startswith("arn:")


def check(seed: int) -> Outcome:
    luck = Random(seed)  # noqa: S311  (nothing secret)
    kind = luck.choice(["identity", "resource", "resource", "trust"])
    old = document(luck, kind)
    # Half of the time the new policy is the old one with a statement more, less or changed.
    new = changed(luck, old, document(luck, kind)) if luck.random() < 0.5 else document(luck, kind)
    found = no_new_access(old, new, "identity" if kind == "identity" else "resource")
    if found.verdict is Outcome.PROVED:
        assert contradiction(old, new, kind) is None, (seed, kind, old, new)
    if found.verdict is Outcome.REFUTED:
        assert found.witness is not None
        assert refutes(found.witness, old, new, "identity" if kind == "identity" else "resource"), (
            seed,
            kind,
            old,
            new,
            found.witness,
        )
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
