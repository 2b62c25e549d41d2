"""What a statement is about: actions, resources and variables, asked of one resource or of a pattern."""

import pytest

from hexward.iam import Policies, Request, decide
from tests.iam.build import ALLOWED, HOME, SESSION, USER, allow, deny, explicitly, get, implicitly, outcome, policy


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("arn:aws:s3:::weights/*", True),
        ("arn:aws:s3:::*", True),
        ("arn:aws:s3", True),
        ("arn:aws:*", True),
        ("arn:*:s3:*:*:w*", True),
        ("arn:aws:s3:::weight?/model.tar.gz", True),
        ("arn:aws:s3:::Weights/*", False),
        ("arn:aws:s3:::weights", False),
        ("arn:aws:s3:*/model.tar.gz", False),
        ("arn:aws:s3:*:*:other/*", False),
        ("arn:aws:s?:*x:*:weights/*", False),
    ],
)
def test_wildcards_in_a_resource_stay_within_its_fields(pattern, matches):
    expected = ALLOWED if matches else implicitly("identity")
    assert outcome(get(USER), Policies(identity=(policy(allow("s3:*", pattern)),))) == expected
    other = policy(allow("s3:*", resource=None, NotResource=pattern))
    assert outcome(get(USER), Policies(identity=(other,))) == (implicitly("identity") if matches else ALLOWED)


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("s3:GetObject", True),
        ("S3:GETOBJECT", True),
        ("s3:Get*", True),
        ("s3:*Object", True),
        ("s3:?etObject", True),
        ("*:GetObject", True),
        ("*", True),
        ("s3:Get", False),
        ("s3:GetObjectVersion", False),
        ("kms:*", False),
    ],
)
def test_actions_match_in_any_case(pattern, matches):
    expected = ALLOWED if matches else implicitly("identity")
    assert outcome(get(USER), Policies(identity=(policy(allow(pattern)),))) == expected
    other = policy(allow(action=None, NotAction=pattern))
    assert outcome(get(USER), Policies(identity=(other,))) == (implicitly("identity") if matches else ALLOWED)


def test_an_action_that_no_list_knows_still_matches_wildcards():
    request = Request(USER, "bedrock-agentcore:InventedTomorrow", "*")
    assert outcome(request, Policies(identity=(policy(allow("bedrock-agentcore:*")),))) == ALLOWED


HOME_FOLDER = "arn:aws:s3:::weights/${aws:username}/*"


@pytest.mark.parametrize(
    ("version", "key", "expected"),
    [
        ("2012-10-17", "weights/alice/a", ALLOWED),
        ("2012-10-17", "weights/bob/a", implicitly("identity")),
        ("2008-10-17", "weights/alice/a", implicitly("identity")),
        (None, "weights/alice/a", implicitly("identity")),
        (None, "weights/${aws:username}/a", ALLOWED),
    ],
)
def test_variables_are_plain_text_in_old_versions(version, key, expected):
    request = Request(USER, "s3:GetObject", f"arn:aws:s3:::{key}")
    assert outcome(request, Policies(identity=(policy(allow("s3:*", HOME_FOLDER), version=version),))) == expected


def test_a_variable_without_a_value_does_not_match():
    assert outcome(get(SESSION), Policies(identity=(policy(allow("s3:*", HOME_FOLDER)),))) == implicitly("identity")


@pytest.mark.parametrize(
    ("action", "resource", "statements", "expected"),
    [
        ("s3:GetObject", "*", [allow("s3:*", "arn:aws:s3:::weights/*")], ALLOWED),
        ("s3:GetObject", "arn:aws:s3:::w*", [allow("s3:*", "arn:aws:s3:::*s/a")], ALLOWED),
        ("s3:GetObject", "arn:aws:s3:::w*", [allow("s3:*", "arn:aws:s3:::x*")], implicitly("identity")),
        ("s3:GetObject", "*", [allow(), deny("s3:*", "arn:aws:s3:::weights/*")], ALLOWED),
        (
            "s3:GetObject",
            "arn:aws:s3:::weights/a*",
            [allow(), deny("s3:*", "arn:aws:s3:::weights/*")],
            explicitly("identity"),
        ),
        ("s3:GetObject", "*", [allow(), deny("s3:*", "arn:aws:s3:::*")], ALLOWED),
        ("s3:GetObject", "*", [allow(), deny("s3:*")], explicitly("identity")),
        ("s3:GetObject", "*", [allow(resource=None, NotResource="arn:aws:s3:::secret/*")], ALLOWED),
        (
            "s3:GetObject",
            "arn:aws:s3:::secret/a*",
            [allow(resource=None, NotResource="arn:aws:s3:::secret/*")],
            implicitly("identity"),
        ),
        (
            "s3:GetObject",
            "arn:aws:s3:::w*",
            [allow(), deny(resource=None, NotResource="arn:aws:s3:::x*")],
            explicitly("identity"),
        ),
        ("s3:GetObject", "*", [allow(), deny(resource=None, NotResource="arn:aws:s3:::x*")], ALLOWED),
        ("s3:ListAllMyBuckets", "*", [allow("s3:*", "arn:aws:s3:::*")], implicitly("identity")),
        ("s3:ListAllMyBuckets", "*", [allow("s3:*")], ALLOWED),
        ("s3:ListAllMyBuckets", "*", [allow(), deny("s3:*", "arn:aws:s3:::*")], ALLOWED),
        ("s3:ListAllMyBuckets", "*", [allow("s3:*", resource=None, NotResource="arn:aws:s3:::x")], ALLOWED),
        (
            "s3:GetObject",
            "arn:aws:s3:::a/*",
            [allow(), deny("s3:*", ["arn:aws:s3:::a", "arn:aws:s3:::a/*"])],
            explicitly("identity"),
        ),
    ],
)
def test_a_pattern_asks_whether_some_resource_could_be_reached(action, resource, statements, expected):
    assert outcome(Request(USER, action, resource), Policies(identity=(policy(*statements),))) == expected


def test_a_deny_that_only_together_with_another_covers_a_pattern_is_seen_within_one_statement():
    both = [f"arn:aws:s3:::a/{mark}" for mark in ("", "?*")]
    request = Request(USER, "s3:GetObject", "arn:aws:s3:::a/*")
    assert outcome(request, Policies(identity=(policy(allow(), deny("s3:*", both)),))) == explicitly("identity")


def test_a_variable_without_a_value_covers_no_pattern():
    request = Request(SESSION, "s3:GetObject", "arn:aws:s3:::weights/*")
    assert outcome(request, Policies(identity=(policy(allow("s3:*", HOME_FOLDER)),))) == implicitly("identity")
    assert outcome(request, Policies(identity=(policy(allow(), deny("s3:*", HOME_FOLDER)),))) == ALLOWED
    assert outcome(request, Policies(identity=(policy(allow(resource=None, NotResource=HOME_FOLDER)),))) == (
        "unknown",
        "none",
    )


QUEUE = f"arn:aws:sqs:us-east-1:{HOME}:jobs"
RESOURCE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"


@pytest.mark.parametrize(
    ("pattern", "resource", "open_"),
    [
        ("arn:aws:sqs:*:jobs", QUEUE, True),
        ("arn:aws:*:jobs", QUEUE, True),
        ("arn:aws:sqs:us-*:jobs", QUEUE, True),
        ("arn:aws:s3:*:*weights/*", "arn:aws:s3:::weights/a", True),
        ("arn:aws:s3:*:*weights/*", "arn:aws:s3:::weights/*", True),
        ("arn:aws:s3:*:*:pub/*", "arn:aws:s3:::weights/a:pub/b", True),
        ("arn:aws:sqs:*s:jobs", QUEUE, False),
        ("arn:aws:sqs:*?:jobs", QUEUE, False),
        ("arn:aws:sqs:*:222222222222:jobs", QUEUE, False),
        ("arn:aws:sqs:*:222222222222:*", f"arn:aws:sqs:*:{HOME}:*", False),
        ("arn:aws:sqs:*:*:job", QUEUE, False),
        ("arn:aws:iam::*:role/*", f"arn:aws:iam::{HOME}:user/alice", False),
    ],
)
def test_what_a_star_would_mean_only_by_expanding_over_colons_is_in_doubt(pattern, resource, open_):
    """AWS: "it can expand to match beyond the colon boundaries", without a word on when."""
    request = Request(USER, "a:B", resource)
    for statements, otherwise in (
        ([allow("a:*", pattern)], "implicitly_denied"),
        ([allow("a:*", None, NotResource=pattern)], "allowed"),
        ([allow("a:*"), deny("a:*", pattern)], "allowed"),
    ):
        verdict = decide(request, Policies(identity=(policy(*statements),))).verdict
        assert verdict == ("unknown" if open_ else otherwise), RESOURCE
