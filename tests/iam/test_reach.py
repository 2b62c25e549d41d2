"""How far rights reach: whole sets of actions and resources."""

import pytest

from hexward.iam import Policies, RequestError, Verdict, may_do_all, may_do_everywhere, may_do_somewhere
from tests.iam.build import HOME, KEY, ROLE, ROOT, USER, allow, deny, policy, to


@pytest.mark.parametrize(
    ("statements", "action", "expected"),
    [
        ([allow()], "*", True),
        ([allow("*:*")], "*", True),
        ([allow(resource="arn:*")], "*", True),
        ([allow(resource="arn:aws:s3:::*")], "*", False),
        ([allow(action=None, NotAction="iam:*")], "*", False),
        ([allow(action=None, NotAction="iam:*")], "s3:*", True),
        ([allow(action=None, NotAction="iam:*")], "iam:PassRole", False),
        ([allow("s3:*")], "*", False),
        ([allow("s3:*")], "s3:Get*", True),
        ([allow("s3:Get*")], "s3:*", False),
        ([allow(), deny("organizations:LeaveOrganization")], "*", True),
        ([allow(), deny()], "*", False),
        ([allow(), deny("s3:*")], "s3:Get*", False),
        ([allow(Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})], "*", False),
    ],
)
def test_all_means_that_one_statement_covers_the_whole(statements, action, expected):
    decision = may_do_all(USER, Policies(identity=(policy(*statements),)), action)
    assert (decision.verdict is Verdict.ALLOWED) is expected


def test_boundaries_and_scps_take_the_whole_away():
    everything = policy(allow())
    for limits in ({"boundary": (policy(allow("s3:*")),)}, {"scps": ((policy(allow("s3:*")),),)}, {"session": ()}):
        policies = Policies(identity=(everything,), **limits)
        assert may_do_all(ROLE, policies).verdict is Verdict.IMPLICITLY_DENIED
    assert may_do_all(ROOT, Policies()).verdict is Verdict.ALLOWED


def test_everywhere_and_somewhere_tell_one_bucket_from_all():
    one_bucket = Policies(
        identity=(policy(allow(["s3:Get*", "s3:List*"], ["arn:aws:s3:::data", "arn:aws:s3:::data/*"])),)
    )
    assert may_do_everywhere(ROLE, one_bucket, ["s3:*"]).actions == ()
    somewhere = may_do_somewhere(ROLE, one_bucket, ["s3:*"]).actions
    assert {"s3:GetObject", "s3:ListBucket"} <= set(somewhere)
    assert "s3:ListAllMyBuckets" not in somewhere
    assert may_do_everywhere(ROLE, one_bucket, ["s3:GetObject"], "arn:aws:s3:::data/*").actions == ("s3:GetObject",)


def test_actions_are_given_back_as_aws_spells_them_and_never_lost():
    reader = Policies(identity=(policy(allow("s3:getobject*")),))
    assert may_do_everywhere(ROLE, reader, ["s3:GETOBJECT"]).actions == ("s3:GETOBJECT",)
    assert "s3:GetObjectVersion" in may_do_everywhere(ROLE, reader, ["s3:getobj*"]).actions
    assert may_do_everywhere(ROLE, reader, ["s3:GetObjectOfTomorrow"]).actions == ("s3:GetObjectOfTomorrow",)


def test_what_cannot_be_decided_is_told_apart():
    doubtful = Policies(identity=(policy(allow("s3:GetObject", Condition={"StringEquals": {"aws:TagKeys": "a"}})),))
    found = may_do_everywhere(ROLE, doubtful, ["s3:GetObject", "s3:PutObject"], context={"aws:TagKeys": ["a", "b"]})
    assert (found.actions, found.unknown) == ((), ("s3:GetObject",))


def test_a_key_policy_counts_where_it_is_known():
    decrypt = policy(allow("kms:Decrypt"))
    assert may_do_somewhere(ROLE, Policies(identity=(decrypt,)), ["kms:Decrypt"]).actions == ("kms:Decrypt",)
    closed = Policies(identity=(decrypt,), resource=policy(allow("kms:*", Principal=to(USER))))
    assert may_do_somewhere(ROLE, closed, ["kms:Decrypt"], KEY).actions == ()
    handed = Policies(identity=(decrypt,), resource=policy(allow("kms:*", Principal=to(HOME))))
    assert may_do_somewhere(ROLE, handed, ["kms:Decrypt"], KEY).actions == ("kms:Decrypt",)


def test_a_pattern_for_a_service_that_no_list_knows_is_an_error():
    with pytest.raises(RequestError, match="nosuch"):
        may_do_somewhere(ROLE, Policies(), ["nosuch:*"])
