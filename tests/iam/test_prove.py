"""Theorems about two documents: each operator family, each trap, and what random requests say of the answers."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.iam import Outcome, Policies, PolicyError, decide, equivalent, no_new_access
from tests.iam.build import (
    ABROAD,
    ALL,
    FEDERATED,
    HOME,
    KEY,
    READ,
    ROLE,
    SESSION,
    TARGET_ROLE,
    USER,
    allow,
    deny,
    if_,
    policy,
    to,
)
from tests.iam.pairs import contradicted, pair, refutes

PAIRS = int(os.environ.get("HEXWARD_PROOF_PAIRS", "250"))
PROVED, REFUTED, UNKNOWN = Outcome


def witness(proof):
    """Return the request that refutes."""
    assert proof.witness is not None
    return proof.witness


def given_that(operator, key, value):
    """Return a policy that allows everything under one condition."""
    return policy(allow(**if_(operator, key, value)))


def data(*resources, action="s3:GetObject"):
    """Return a policy that allows an action on some resources of S3."""
    return policy(allow(action, [f"arn:aws:s3:::{one}" for one in resources]))


ELEMENTS = [
    (data("data/*"), data("data/a*"), PROVED),
    (data("data/a*"), data("data/*"), REFUTED),
    (data("data/*", action="s3:Get*"), data("data/*", action="s3:GetObject"), PROVED),
    (data("data/*", action="S3:getobject"), data("data/*"), PROVED),
    (data("a*", "b*"), data("?*"), REFUTED),
    (policy(allow(["sts:GetCallerIdentity", "s3:GetObject"], None, NotResource="arn:aws:s3:::a/*")),
     policy(allow(["sts:GetCallerIdentity", "s3:GetObject"], None, NotResource="arn:aws:s3:::b/*")), REFUTED),
    (data("*a*b*"), data("a*b"), PROVED),
    (data("*a*b*"), data("*b*a*"), REFUTED),
    (data("x/*/y", "x/*"), data("x/?*/y"), PROVED),
    (policy(allow(), deny("iam:*")), policy(allow(None, NotAction="iam:*")), PROVED),
    (policy(allow(None, NotAction="iam:*")), policy(allow(), deny("iam:*")), PROVED),
    (policy(allow(), deny("iam:*")), policy(allow(None, NotAction="iam:Create*")), REFUTED),
    (policy(allow("s3:*"), deny("s3:*", "arn:aws:s3:::b/*")), policy(allow("s3:*", None, NotResource="arn:aws:s3:::b/*")), PROVED),
    (policy(allow("s3:*")), policy(allow(["s3:Get*", "s3:Put*"])), PROVED),
    (policy(allow("s3:Get*"), allow("s3:Put*")), policy(allow(["s3:GetObject", "s3:PutObject"])), PROVED),
    (policy(allow("s3:[a-z]*".replace("[a-z]", "?"))), policy(allow("s3:*")), PROVED),
    (policy(allow("s3:*", "arn:aws:s3:::a/*"), allow("s3:*", "arn:aws:s3:::b/*")), data("a/x", "b/y"), PROVED),
    (policy(allow("kms:Decrypt", KEY)), policy(allow("kms:Decrypt", f"{KEY[:-1]}?")), REFUTED),
    (policy(allow("sts:AssumeRole", TARGET_ROLE)), policy(allow("sts:AssumeRole", f"arn:aws:iam::{HOME}:role/*")), REFUTED),
    # A wildcard stays within one of the first five fields; but where fields are missing, it may well expand.
    (policy(allow("sqs:*", "arn:aws:sqs:*:1:x")), policy(allow("sqs:*", "arn:aws:sqs:a:b:x")), REFUTED),
    (policy(allow("sqs:*", "arn:aws:sqs:*:x")), policy(allow("sqs:*", "arn:aws:sqs:a:b:x")), UNKNOWN),
    (policy(allow("sqs:*", "arn:aws:sqs:*")), policy(allow("sqs:*", "arn:aws:sqs:a:b:x")), PROVED),
    # An action that knows no resource is allowed by `*` alone.
    (policy(allow("iam:ListUsers", "arn:*")), policy(allow("iam:ListUsers")), REFUTED),
    # Text is plain where the Version has no variables.
    (policy(allow("s3:*", "arn:aws:s3:::${aws:username}"), version=None), data("${aws:username}"), REFUTED),
    (policy(allow("s3:*", "arn:aws:s3:::a${*}b")), data("a*b"), REFUTED),
    (data("a*b"), policy(allow("s3:GetObject", "arn:aws:s3:::a${*}b")), PROVED),
    # No request can name what this one allows.
    (data("b"), policy(allow("s3:GetObject", "arn:aws:s3:::a${*}b")), UNKNOWN),
    (policy(allow("s3:*"), deny("s3:*", "arn:aws:s3:::a${*}b")), policy(allow("s3:*")), UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "verdict"), ELEMENTS)
def test_actions_and_resources_are_compared_over_all_that_they_match(old, new, verdict):
    assert no_new_access(old, new).verdict is verdict


TAG, VPCE, IP, MFA = "aws:PrincipalTag/team", "aws:SourceVpce", "aws:SourceIp", "aws:MultiFactorAuthPresent"
CONDITIONS = [
    (("StringEquals", TAG, ["a", "b"]), ("StringEquals", TAG, "a"), PROVED),
    (("StringEquals", TAG, "a"), ("StringEquals", TAG, ["a", "b"]), REFUTED),
    (("StringEqualsIgnoreCase", TAG, "ml"), ("StringEquals", TAG, ["ML", "mL", "Ml", "ml"]), PROVED),
    (("StringEquals", TAG, ["ML", "ml"]), ("StringEqualsIgnoreCase", TAG, "ml"), REFUTED),
    (("StringLike", TAG, "m*"), ("StringLike", TAG, ["ml", "m?x*"]), PROVED),
    (("StringLike", TAG, "m?*"), ("StringLike", TAG, "m*"), REFUTED),
    # `StringEquals` takes a star for a star.
    (("StringEquals", TAG, "m*"), ("StringLike", TAG, "m*"), REFUTED),
    (("StringLike", TAG, "m*"), ("StringEquals", TAG, "m*"), PROVED),
    # A missing key meets negated operators and IfExists, and no others.
    (("StringNotEquals", TAG, "a"), ("Null", TAG, "true"), PROVED),
    (("StringEquals", VPCE, "a"), ("StringEqualsIfExists", VPCE, "a"), REFUTED),
    (("StringEqualsIfExists", VPCE, "a"), ("StringEquals", VPCE, "a"), PROVED),
    (("Null", TAG, "false"), ("StringLike", TAG, "?*"), PROVED),
    (("Null", TAG, "false"), ("StringNotLike", TAG, "a*"), REFUTED),
    # What is there is more than what a pattern names, and the empty text.
    (("StringEquals", TAG, "a"), ("Null", TAG, "false"), REFUTED),
    # Present and empty is null as well.
    (("Null", TAG, "true"), ("StringEquals", TAG, ""), PROVED),
    (("Null", TAG, "false"), ("StringLike", TAG, "*"), REFUTED),
    (("ArnLike", "aws:SourceArn", "arn:aws:s3:::*"), ("ArnEquals", "aws:SourceArn", "arn:aws:s3:::a*"), PROVED),
    (("ArnLike", "aws:SourceArn", "arn:aws:*:x"), ("ArnLike", "aws:SourceArn", "arn:aws:s3:r:a:x"), REFUTED),
    (("ArnNotLike", "aws:SourceArn", "arn:aws:s3:::a*"), ("ArnNotEquals", "aws:SourceArn", "arn:aws:s3:::*"), PROVED),
    (("IpAddress", IP, "10.0.0.0/8"), ("IpAddress", IP, ["10.1.0.0/16", "10.255.255.255"]), PROVED),
    (("IpAddress", IP, ["10.0.0.0/9", "10.128.0.0/9"]), ("IpAddress", IP, "10.0.0.0/8"), PROVED),
    (("IpAddress", IP, ["10.0.0.0/9", "10.128.0.0/10"]), ("IpAddress", IP, "10.0.0.0/8"), REFUTED),
    (("NotIpAddress", IP, "10.0.0.0/8"), ("NotIpAddress", IP, "10.0.0.0/7"), PROVED),
    (("IpAddress", IP, "0.0.0.0/0"), ("IpAddress", IP, ["0.0.0.0/0", "::/0"]), REFUTED),
    (("IpAddress", IP, "2001:db8::/32"), ("IpAddress", IP, "2001:db8:1::/48"), PROVED),
    (("NumericLessThan", "s3:max-keys", "10"), ("NumericLessThanEquals", "s3:max-keys", "9.99"), PROVED),
    (("NumericLessThan", "s3:max-keys", "10"), ("NumericLessThanEquals", "s3:max-keys", "10"), REFUTED),
    (("NumericNotEquals", "s3:max-keys", "10"), ("NumericGreaterThan", "s3:max-keys", "10.0"), PROVED),
    (("NumericGreaterThan", "s3:max-keys", "-1"), ("NumericEquals", "s3:max-keys", ["0", "5", "1e3"]), PROVED),
    (("NumericGreaterThan", "s3:max-keys", "10"), ("NumericLessThan", "s3:max-keys", "10"), REFUTED),
    (("NumericLessThan", "s3:max-keys", "10"), ("NumericGreaterThan", "s3:max-keys", "10"), REFUTED),
    (("DateLessThan", "aws:CurrentTime", "2026-01-02T00:00:00Z"), ("DateLessThan", "aws:CurrentTime", "2026-01-01"), PROVED),
    (("DateEquals", "aws:CurrentTime", "2026-01-01T00:00:00Z"), ("DateEquals", "aws:CurrentTime", "2026-01-01T01:00:00+01:00"), PROVED),
    (("DateLessThan", "aws:CurrentTime", "2026-01-01"), ("DateNotEquals", "aws:CurrentTime", "2026-01-01"), REFUTED),
    (("Bool", MFA, "true"), ("BoolIfExists", MFA, "true"), REFUTED),
    (("BoolIfExists", MFA, "true"), ("Bool", MFA, "True"), PROVED),
    (("Bool", MFA, ["true", "false"]), ("Null", MFA, "false"), PROVED),
    (("BinaryEquals", "x:key", "QmluYXJ5"), ("BinaryEquals", "x:key", ["QmluYXJ5", "AAAA"]), REFUTED),
    (("ForAllValues:StringEquals", "aws:TagKeys", ["a", "b"]), ("ForAllValues:StringEquals", "aws:TagKeys", "a"), PROVED),
    # No value at all is within any set, but is not some value of it.
    (("ForAnyValue:StringEquals", "aws:TagKeys", ["a", "b"]), ("ForAllValues:StringEquals", "aws:TagKeys", "a"), REFUTED),
    (("ForAllValues:StringLike", "aws:TagKeys", "*"), ("ForAnyValue:StringLike", "aws:TagKeys", "a"), PROVED),
    (("ForAnyValue:StringEquals", "aws:TagKeys", "a"), ("ForAnyValue:StringLike", "aws:TagKeys", "a*"), REFUTED),
    (("ForAnyValue:StringNotEquals", "aws:TagKeys", "a"), ("ForAnyValue:StringEquals", "aws:TagKeys", "b"), PROVED),
    (("ForAllValues:StringNotEquals", "aws:TagKeys", "c"), ("ForAllValues:StringEquals", "aws:TagKeys", ["a", "b"]), PROVED),
    (("ForAnyValue:StringEqualsIfExists", "aws:TagKeys", "a"), ("ForAnyValue:StringEquals", "aws:TagKeys", "a"), PROVED),
    (("ForAnyValue:StringEquals", "aws:TagKeys", "a"), ("ForAnyValue:StringEqualsIfExists", "aws:TagKeys", "a"), REFUTED),
    (("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/t*"), ("ArnLike", "aws:PrincipalArn", ROLE), PROVED),
    (("StringEquals", "aws:PrincipalAccount", HOME), ("ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{HOME}:role/*"), PROVED),
    (("StringEquals", "aws:PrincipalAccount", HOME), ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/train"), REFUTED),
    (("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/*"), ("StringLike", "aws:username", "a*"), PROVED),
    (("Null", "aws:username", "false"), ("StringEquals", "aws:PrincipalType", "User"), PROVED),
    # A key that is read both as a number and as a text.
    (("NumericLessThan", "s3:max-keys", "50"), ("StringLike", "s3:max-keys", "1*"), UNKNOWN),
    (("DateLessThan", "aws:EpochTime", "1990-01-01"), ("NumericLessThan", "aws:EpochTime", "3000"), UNKNOWN),
    (("NumericLessThan", "s3:max-keys", "50"), ("Null", "s3:max-keys", "true"), REFUTED),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "verdict"), CONDITIONS)
def test_conditions_are_compared_over_all_values_of_their_keys(old, new, verdict):
    found = no_new_access(given_that(*old), given_that(*new))
    assert found.verdict is verdict
    if verdict is REFUTED:
        assert refutes(witness(found), given_that(*old), given_that(*new), "identity")


def grant(principal, action="s3:GetObject", resource="*", **more):
    """Return a resource policy of one Allow."""
    return policy(allow(action, resource, Principal=principal, **more))


def trust(principal, **more):
    """Return a trust policy."""
    return grant(principal, "sts:AssumeRole", None, **more)


ORGANIZATION = "aws:PrincipalOrgID"
BOB = f"arn:aws:iam::{HOME}:user/p/bob"
CALLER = f"arn:aws:iam::{ABROAD}:user/alice"
PRINCIPALS = [
    (grant("*"), grant(to(USER, ABROAD)), PROVED),
    (grant(to(USER)), grant("*"), REFUTED),
    (grant(to(USER)), grant(to(ABROAD)), REFUTED),
    (grant(to(USER)), grant({"Service": "lambda.amazonaws.com"}), REFUTED),
    (grant(to(ROLE)), grant(to(SESSION)), PROVED),
    (grant(to(SESSION)), grant(to(ROLE)), REFUTED),
    (grant(to(USER)), grant(to(SESSION)), REFUTED),
    # To name an account leaves the decision to it; to name its user does not.
    (grant(to(USER)), grant(to(HOME)), REFUTED),
    (grant(to(HOME)), grant(to(USER)), REFUTED),
    (grant(to(USER)), grant(to(FEDERATED)), REFUTED),
    (grant(to(ROLE)), grant("*", **if_("ArnEquals", "aws:PrincipalArn", ROLE)), PROVED),
    (grant("*", **if_("ArnEquals", "aws:PrincipalArn", ROLE)), grant(to(ROLE)), PROVED),
    (grant("*", **if_("StringEquals", "aws:PrincipalAccount", HOME)), grant(to(HOME)), PROVED),
    (grant("*", **if_("StringEquals", ORGANIZATION, "o-1")), grant("*", **if_("StringEqualsIfExists", ORGANIZATION, "o-1")), REFUTED),
    (grant(to(ABROAD)), grant(to(CALLER)), REFUTED),
    (grant(to(CALLER, ABROAD)), grant(to(CALLER)), PROVED),
    (trust(to(HOME)), trust(to(USER)), REFUTED),
    (trust(to(USER, ROLE)), trust(to(ROLE)), PROVED),
    (trust(to(USER)), trust({"Service": "sagemaker.amazonaws.com"}), REFUTED),
    (trust({"Federated": "token.actions.githubusercontent.com"}), trust({"Federated": "accounts.google.com"}), REFUTED),
    (trust(to(ABROAD), **if_("StringEquals", "sts:ExternalId", "x")), trust(to(ABROAD)), REFUTED),
    (trust(to(ABROAD)), trust(to(ABROAD), **if_("StringEquals", "sts:ExternalId", "x")), PROVED),
    # A Deny that is lifted gives back what an account's own people hold by their own policies.
    (policy(deny("s3:*", Principal="*")), policy(deny("s3:Put*", Principal="*")), REFUTED),
    (policy(deny("s3:Put*", Principal="*")), policy(deny("s3:*", Principal="*")), PROVED),
    (policy(deny("s3:*", NotPrincipal=to(HOME, USER))), policy(deny("s3:*", NotPrincipal=to(HOME, USER, ROLE))), REFUTED),
    (policy(deny("s3:*", NotPrincipal=to(HOME, USER, ROLE))), policy(deny("s3:*", NotPrincipal=to(HOME, USER))), PROVED),
    (grant("*"), policy(allow("s3:GetObject", NotPrincipal=to(USER))), PROVED),
    (grant(to(USER)), policy(allow("s3:GetObject", NotPrincipal=to(USER))), UNKNOWN),
    # Whoever has a path is asked by the ARN that the policy gives.
    (grant(to(HOME)), policy(allow("s3:GetObject", Principal=to(BOB), **if_("StringEquals", "aws:PrincipalType", "User"))), REFUTED),
    (policy(deny("sts:*", None, Principal="*"), allow("sts:*", None, Principal="*")),
     policy(deny("sts:*", None, NotPrincipal=to(HOME, f"arn:aws:iam::{HOME}:role/p/r")), allow("sts:*", None, Principal="*")), REFUTED),
    (grant(to(USER)), grant(to(f"arn:aws:sts::{HOME}:assumed-role/r/s"), **if_("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/p/*")),
     REFUTED),
    # The owner's own people hold what no Deny takes away.
    *((policy(deny("s3:DeleteBucket", Principal="*"), deny("s3:GetObject", Principal="*", **if_(operator, "aws:ResourceAccount", value))),
       policy(deny("s3:DeleteBucket", Principal="*")), REFUTED) for operator, value in (("StringEquals", HOME), ("StringLike", "1*"))),
    # Nobody need have told whose the resource is, where the caller has no account.
    (grant(to(USER)), grant({"Service": "lambda.amazonaws.com"}, **if_("Null", "aws:ResourceAccount", "true")), REFUTED),
    (grant(to(USER)), grant("*", **if_("StringEquals", "aws:userid", HOME) ), REFUTED),
    (grant(to(USER)), grant("*", **if_("StringLike", "aws:userid", "*:x")), UNKNOWN),
    (grant(to(USER)), grant("*", **if_("NumericEquals", "aws:PrincipalAccount", HOME)), UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "verdict"), PRINCIPALS)
def test_resource_policies_are_compared_over_everybody(old, new, verdict):
    found = no_new_access(old, new, "resource")
    assert found.verdict is verdict
    if verdict is REFUTED:
        assert refutes(witness(found), old, new, "resource")


OWN = policy(allow("s3:*", "arn:aws:s3:::home/${aws:username}/*"))
TEAM = policy(allow("s3:*", "arn:aws:s3:::${aws:PrincipalTag/team}/*"))


VARIABLES = [
    (OWN, OWN, PROVED),
    (data("home/*", action="s3:*"), OWN, PROVED),
    (OWN, data("home/*", action="s3:*"), REFUTED),
    (OWN, TEAM, REFUTED),
    (data("other/*", action="s3:*"), OWN, REFUTED),
    (OWN, policy(allow("s3:*", "arn:aws:s3:::home/${aws:username}/*", **if_("Bool", MFA, "true"))), PROVED),
    # A variable without a value "might cause the entire statement to be invalid"; one with a default has one.
    (policy(allow("s3:*", ["arn:aws:s3:::a/*", "arn:aws:s3:::${aws:username}/*"])), data("a/*", action="s3:*"), UNKNOWN),
    (policy(allow("s3:*", ["arn:aws:s3:::a/*", "arn:aws:s3:::${aws:username, 'x'}/*"])), data("a/*", action="s3:*"), PROVED),
    # Whether two variables have the same value is not known.
    (policy(allow("s3:*", **if_("StringEquals", "aws:ResourceTag/team", "${aws:PrincipalTag/team}"))),
     policy(allow("s3:*", **if_("StringLike", "aws:ResourceTag/team", "${aws:PrincipalTag/team}"))), UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "verdict"), VARIABLES)
def test_policy_variables_are_proved_for_whatever_they_stand_for_or_left_unknown(old, new, verdict):
    found = no_new_access(old, new)
    assert found.verdict is verdict
    assert ("${" in found.construct) is (verdict is UNKNOWN)


def test_what_refutes_is_allowed_by_the_evaluator_and_cites_what_decides():
    new = policy(allow("s3:GetObject", "arn:aws:s3:::weights/*", Sid="Wide"))
    old = policy(
        allow("s3:GetObject", "arn:aws:s3:::weights/*"), deny("s3:*", "arn:aws:s3:::weights/secret/*", Sid="Secret")
    )
    found = no_new_access(old, new)
    assert decide(witness(found), Policies(identity=(new,))).verdict == "allowed"
    assert decide(witness(found), Policies(identity=(old,))).verdict == "explicitly_denied"
    assert [str(one) for one in found.because] == ["new.Statement[0] (Wide)", "old.Statement[1] (Secret)"]
    assert witness(found).resource.startswith("arn:aws:s3:::weights/secret/")


def test_a_refutation_that_needs_more_than_the_documents_says_so():
    assert no_new_access(grant(to(USER)), grant("*"), "resource").assuming == ()
    found = no_new_access(READ, policy(allow("kms:Decrypt", KEY)))
    assert found.assuming == ("the policy of the key or role, which must leave the decision to the account",)


def test_equivalence_is_proved_both_ways():
    assert equivalent(policy(allow(), deny("iam:*")), policy(allow(None, NotAction="iam:*"))).verdict is PROVED
    assert equivalent(ALL, READ).verdict is equivalent(READ, ALL).verdict is REFUTED


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("StringNotEquals", "c"),
        ("StringNotLike", ["c", "d*"]),
        ("ForAllValues:StringNotEquals", "c"),
        ("StringNotEqualsIfExists", "c"),
    ],
)
def test_a_value_that_is_there_and_that_no_pattern_names_is_looked_for(written, values):
    given = {"Null": {TAG: "false"}, written: {TAG: values}}
    assert no_new_access(policy(deny()), policy(allow(Condition=given))).verdict is REFUTED


def test_a_question_that_needs_too_many_classes_is_unknown():
    hostile = [f"arn:aws:s3:::*{first}*{second}*" for first in "abcdefgh" for second in "ijklmnop"]
    found = no_new_access(
        policy(allow("s3:*", hostile), deny("s3:*", hostile[::2])),
        policy(allow("s3:*", "arn:aws:s3:::*"), deny("s3:*", hostile[1::3])),
    )
    assert found.verdict in {REFUTED, UNKNOWN}
    assert found.witness is not None or found.construct


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        ("{", "line 1 column 2"),
        ({"Statement": [{"Effect": "Allow", "Action": "s3:*"}]}, "Statement[0]"),
        (policy(allow(), allow("s3")), "Statement[1].Action"),
        (given_that("StringLikes", TAG, "a"), "Statement[0].Condition.StringLikes.aws:PrincipalTag/team"),
    ],
)
def test_a_malformed_document_is_an_error_with_its_place(broken, place):
    for pair_ in ((broken, READ), (READ, broken)):
        with pytest.raises(PolicyError) as error:
            no_new_access(*pair_)
        assert error.value.place == place
    with pytest.raises(PolicyError, match="kind"):
        no_new_access(READ, READ, "trust")


def test_no_proof_is_contradicted_by_requests_of_the_same_words():
    check(range(PAIRS), 40)


@pytest.mark.long
def test_no_proof_is_contradicted_by_a_million_requests():
    check(range(10_000, 11_000), 1_000)


def check(seeds, requests):
    """Compare proofs with random requests; most must be proved or refuted, and what refutes must do so."""
    verdicts = []
    for seed in seeds:
        old, new, kind, _ = pair(seed)
        found = no_new_access(old, new, kind)
        verdicts.append(found.verdict)
        if found.verdict is REFUTED:
            assert refutes(witness(found), old, new, kind), (seed, found)
        if found.verdict is PROVED:
            assert contradicted(seed, requests) is None, seed
    assert min(verdicts.count(PROVED), verdicts.count(REFUTED)) > len(verdicts) / 4
    assert verdicts.count(UNKNOWN) < len(verdicts) / 20


SEEDS = st.integers(0, 100_000)


@given(SEEDS)
@settings(deadline=None, max_examples=60)
def test_every_policy_gives_nothing_that_it_does_not_give(seed):
    old, _, kind, _ = pair(seed)
    assert no_new_access(old, old, kind).verdict is PROVED


@given(SEEDS)
@settings(deadline=None, max_examples=60)
def test_a_deny_more_gives_nothing(seed):
    old, new, kind, _ = pair(seed)
    listed = statements(old)
    denies = [one for one in statements(new) if one["Effect"] == "Deny"]
    assert no_new_access(old, old | {"Statement": [*listed, *denies]}, kind).verdict is PROVED


@given(SEEDS)
@settings(deadline=None, max_examples=60)
def test_an_allow_that_reaches_further_is_refuted(seed):
    old, _, kind, _ = pair(seed)
    fresh = allow("athena:GetQueryResults", "arn:aws:athena:us-east-1:333333333333:workgroup/w")
    if kind == "resource":
        fresh |= {"Principal": {"Service": "athena.amazonaws.com"}}
    # Whatever speaks of all services could deny it, or allow it already.
    narrow = [
        one
        for one in statements(old)
        if "NotAction" not in one and "*" not in {str(each)[0] for each in listed(one["Action"])}
    ]
    quiet = old | {"Statement": [*narrow, allow("x:y", **({"Principal": "*"} if kind == "resource" else {}))]}
    assert no_new_access(quiet, quiet | {"Statement": [*quiet["Statement"], fresh]}, kind).verdict is REFUTED


def listed(value):
    """Return a list, or one value as a list."""
    return value if isinstance(value, list) else [value]


def statements(document):
    """Return a policy's statements."""
    return listed(document["Statement"])


MIXED = [
    ({"NumericGreaterThan": {"k": "50"}, "StringLike": {"k": "1*"}}, "NumericGreaterThan and StringLike on k"),
    ({"NumericEquals": {"k": "5"}, "StringLike": {"k": "0*"}}, "NumericEquals and StringLike on k"),
    ({"NumericLessThan": {"k": "3000"}, "DateGreaterThan": {"k": "1990-01-01T00:00:00Z"}}, "on k"),
    ({"IpAddress": {"k": "10.0.0.0/24"}, "NotIpAddress": {"k": "10.0.0.2/32"}, "StringLike": {"k": "10.0.0.2*"}}, "on k"),
]  # fmt: skip


@pytest.mark.parametrize(("given_", "construct"), MIXED)
def test_a_key_that_is_read_in_two_ways_is_unknown(given_, construct):
    found = no_new_access(policy(allow("s3:PutObject")), policy(allow("s3:GetObject", Condition=given_)))
    assert found.verdict is UNKNOWN
    assert construct in found.construct


def test_two_empty_texts_are_values_and_one_is_none():
    given_ = {"ForAllValues:StringEquals": {"aws:TagKeys": ""}, "ForAnyValue:StringEquals": {"aws:TagKeys": ""}}
    found = no_new_access(policy(allow("s3:PutObject")), policy(allow("s3:GetObject", Condition=given_)))
    assert witness(found).context["aws:TagKeys"] == ["", ""]
