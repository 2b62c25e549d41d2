"""Proofs about conditions, held against every request of a pool of values: those the policies name, some near them, and none at all."""

from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.iam import Outcome, Policies, Request, decide, no_new_access
from tests.iam.build import allow, policy

ROLE = "arn:aws:iam::111111111111:role/train"
TEXTS = ["a", "b", "ab", "A", "a*", "", "*", "?b"]
POOLS: dict[str, dict[str, list[Any]]] = {
    "text": {
        "operators": [
            "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
        ],
        "written": list(TEXTS),
        "given": [None, "", "a", "b", "ab", "A", "xb", "abc", "zz", [], ["a"], ["a", "b"], ["b", "zz"], ["zz"], ["", "a"], ["", ""]],
    },
    "number": {
        "operators": [f"Numeric{one}" for one in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")],
        "written": ["1", "5", "5.5", "-2"],
        "given": [None, "0", "1", "2", "5", "5.2", "5.5", "9", "-2", "-3", ["1", "9"], ["5", "5.5"]],
    },
    "ip": {
        "operators": ["IpAddress", "NotIpAddress"],
        "written": ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "2001:db8::/32"],
        "given": [None, "10.0.0.1", "10.1.0.1", "10.1.2.3", "11.0.0.1", "2001:db8::1", "2001:db9::1"],
    },
    "bool": {"operators": ["Bool"], "written": ["true", "false"], "given": [None, "true", "false"]},
    "number as text": {
        "operators": [
            ("NumericEquals", ["5", "50"]), ("NumericGreaterThan", ["5", "50"]), ("NumericLessThan", ["50", "2025"]),
            ("StringLike", ["0*", "1*", "5*", "20*"]), ("StringNotEquals", ["5"]), ("DateGreaterThan", ["2024-06-01", "1990"]),
            ("DateLessThan", ["2025-01-01T00:00:00Z"]),
        ],
        "given": [None, "5", "05", "5.0", "100", "2024", "2024-07-01T09:30:00Z", "1600", "1719792000"],
    },
    "ip as text": {
        "operators": [
            ("IpAddress", ["10.0.0.0/24", "10.0.0.2/32"]), ("NotIpAddress", ["10.0.0.0/24", "10.0.0.2/32"]), ("StringLike", ["10.0.0.2*"]),
        ],
        "given": [None, "10.0.0.2", "10.0.0.20", "10.0.0.7", "10.9.0.2"],
    },
    "arn": {
        "operators": ["ArnLike", "ArnNotLike", "ArnEquals"],
        "written": ["arn:aws:s3:::a*", "arn:aws:s3:::a", "arn:aws:*:*:111111111111:*"],
        "given": [None, "arn:aws:s3:::a", "arn:aws:s3:::ab", "arn:aws:s3:::b", "arn:aws:sns:eu:111111111111:x", "arn:aws:sns:eu:2:x"],
    },
}  # fmt: skip
KEYS = {
    # One that can have many values: a key with one value has no list without values.
    "text": "aws:TagKeys",
    "number": "s3:max-keys",
    "ip": "aws:SourceIp",
    "bool": "aws:SecureTransport",
    "arn": "aws:SourceArn",
    "number as text": "aws:EpochTime",
    "ip as text": "aws:VpcSourceIp",
}
QUALIFIERS = ["", "", "", "ForAnyValue:", "ForAllValues:"]


def condition(luck: Random, families: list[str]) -> dict[str, dict[str, object]]:
    """Return a condition of one to three clauses, often two on one key."""
    out: dict[str, dict[str, object]] = {}
    for _ in range(luck.randint(1, 3)):
        family = luck.choice(families)
        pool = POOLS[family]
        key = KEYS[family]
        if luck.random() < 0.25:
            out.setdefault("Null", {})[key] = luck.choice(["true", "false"])
            continue
        picked = luck.choice(pool["operators"])
        operator, values = (picked, pool["written"]) if isinstance(picked, str) else picked
        qualifier = luck.choice(QUALIFIERS) if family == "text" else ""
        ending = "IfExists" if luck.random() < 0.25 else ""
        written = luck.sample(values, luck.randint(1, min(2, len(values))))
        out.setdefault(f"{qualifier}{operator}{ending}", {})[key] = written
    return out


def document(luck: Random, families: list[str]) -> dict[str, Any]:
    statements = []
    for _ in range(luck.randint(1, 2)):
        one: dict[str, Any] = {
            "Effect": "Allow" if luck.random() < 0.75 else "Deny",
            "Action": "s3:ListBucket",
            "Resource": "*",
        }
        if luck.random() < 0.9:
            one["Condition"] = condition(luck, families)
        statements.append(one)
    return policy(*statements)


def verdict(one: dict[str, Any], context: dict[str, object]) -> str:
    request = Request(ROLE, "s3:ListBucket", "arn:aws:s3:::bucket", "111111111111", context)
    return decide(request, Policies(identity=(one,))).verdict.value


def holds(old: dict[str, Any], new: dict[str, Any], families: list[str]) -> dict[str, object] | None:
    """Return a context of the pool in which the new policy allows and the old one denies; None if there is none."""
    for values in product(*(POOLS[family]["given"] for family in families)):
        context = {KEYS[family]: value for family, value in zip(families, values, strict=True) if value is not None}
        if verdict(new, context) == "allowed" and verdict(old, context) in {"implicitly_denied", "explicitly_denied"}:
            return context
    return None


def check(seed: int) -> Outcome:
    luck = Random(seed)  # noqa: S311  (nothing secret)
    families = luck.sample(list(POOLS), luck.randint(1, 2))
    old, new = document(luck, families), document(luck, families)
    found = no_new_access(old, new)
    if found.verdict is Outcome.PROVED:
        assert holds(old, new, families) is None, (seed, old, new)
    if found.verdict is Outcome.REFUTED:
        assert found.witness is not None
        context = dict(found.witness.context)
        assert verdict(new, context) == "allowed", (seed, old, new, context)
        assert verdict(old, context) != "allowed", (seed, old, new, context)
    return found.verdict


@given(st.integers(0, 1_000_000))
@settings(deadline=None, max_examples=300)
def test_no_request_of_the_pool_contradicts_a_proof(seed):
    check(seed)


@pytest.mark.parametrize("operator", ["StringEquals", "NumericLessThan", "NotIpAddress", "DateEqualsIfExists", "Null"])
def test_a_condition_without_values_proves_nothing(operator):
    bound = policy(allow("s3:GetObject", Condition={operator: {"aws:key": []}}))
    free = policy(allow("s3:GetObject"))
    assert no_new_access(bound, free).verdict is Outcome.UNKNOWN
    assert no_new_access(free, bound).verdict is Outcome.PROVED


def test_most_pairs_are_proved_or_refuted():
    verdicts = [check(seed) for seed in range(400)]
    assert min(verdicts.count(Outcome.PROVED), verdicts.count(Outcome.REFUTED)) > 60
    # A key that is read in two ways, as a number and as a text, leaves it unknown.
    assert verdicts.count(Outcome.UNKNOWN) < 100


@pytest.mark.long
def test_no_request_of_the_pool_contradicts_one_of_very_many_proofs():
    for seed in range(2_000_000, 2_020_000):
        check(seed)
