"""Principals from records: what they hold, what is not known of them, and what the controls ask."""

import json

import pytest

from hexward.iam.principals import Principal, grants, holding, owner_of, principal
from hexward.iam.rights import administers, may, may_somewhere, passes_any_role, spans_services, whole_services
from hexward.inventory import GLOBAL, Group, NotCollected, Record, Role, User
from hexward.model import Gap, Reason
from tests.build import inventory, seen
from tests.controls.identity.build import (
    EVERYTHING,
    POWER_USER,
    READS_ONE_BUCKET,
    attached,
    managed,
    policy,
    role,
    user,
)

WEIGHTS = "arn:aws:s3:::weights/model"


def held(owner: Role | User, *others: Record) -> Principal:
    return principal(inventory(owner, *others), owner)


def team(*inline: str, managed: tuple[str, ...] = ()) -> Group:
    return seen(Group, region=GLOBAL, name="team", inline=inline or None, attached=attached(*managed))


def under(effect: str = "Allow", **condition: object) -> str:
    return policy(Effect=effect, Condition=condition)


def test_a_user_holds_its_own_policies_and_those_of_its_groups():
    who = held(
        user("one", managed=("B",), groups=("team",)),
        managed("B", "two"),
        managed("D", "four"),
        team("three", managed=("D",)),
    )
    assert who.identity == ("one", "two", "three", "four")


def test_a_boundary_that_is_absent_is_none_and_one_that_is_there_is_its_document():
    assert held(role()).boundary is None
    assert held(role(boundary="Limit"), managed("Limit", READS_ONE_BUCKET)).boundary == (READS_ONE_BUCKET,)


@pytest.mark.parametrize(
    ("owner", "field", "named"),
    [
        (role(managed=("Gone",)), "identity", "Gone"),
        (role(boundary="Gone"), "boundary", "Gone"),
        (user(groups=("team",)), "identity", "team"),
        (role().punched("inline", Gap(Reason.DENIED, "refused")), "identity", "refused"),
    ],
)
def test_a_policy_that_was_not_seen_is_never_no_policy(owner, field, named):
    with pytest.raises(NotCollected, match=named):
        getattr(held(owner), field)


def test_service_linked_roles_are_no_principals_of_ours():
    linked = role(path="/aws-service-role/sagemaker.amazonaws.com/")
    assert [one.arn for one in inventory(linked, user()).of(Principal)] == [user().arn]
    with pytest.raises(NotCollected, match="kept by AWS"):
        held(linked)


@pytest.mark.parametrize(
    "document",
    ["not JSON", "[]", '{"Statement": [{"Effect": "Allow", "Action": 7, "Resource": "*"}]}', "[" * 100_000],
    ids=["text", "list", "number", "nested"],
)
def test_a_malformed_policy_leaves_its_principal_unknown(document):
    with pytest.raises(NotCollected) as caught:
        administers(held(role(EVERYTHING, document)))
    assert caught.value.gap.reason is Reason.MALFORMED
    assert len(caught.value.gap.detail) < 400


@pytest.mark.parametrize("document", [EVERYTHING, READS_ONE_BUCKET])
def test_an_arn_that_names_nobody_leaves_it_unknown(document):
    with pytest.raises(NotCollected, match="malformed"):
        spans_services(held(role(document, arn="role/*")))


@pytest.mark.parametrize(
    ("documents", "spans", "admin"),
    [
        ((EVERYTHING,), True, True),
        ((POWER_USER,), True, False),
        ((POWER_USER, policy(Action="iam:*")), True, True),
        ((policy(Action="iam:*"),), False, True),
        ((policy(Action="iam:PutRolePolicy", Resource=role().arn),), False, True),
        ((policy(Action=["iam:Get*", "iam:List*", "iam:PassRole"]),), False, False),
        ((EVERYTHING, policy(Effect="Deny", Action="cloudtrail:StopLogging")), True, True),
        ((EVERYTHING, policy(Effect="Deny", Action="iam:*")), True, False),
        ((EVERYTHING, policy(Effect="Deny")), False, False),
        ((policy(Action="*", Resource="arn:aws:s3:::*"),), False, False),
        ((policy(Action=["s3:*", "ec2:*", "lambda:*"]),), False, False),
    ],
)
def test_an_administrator_may_do_everything_or_permit_it_to_itself(documents, spans, admin):
    who = held(role(*documents))
    assert (spans_services(who), administers(who)) == (spans, admin)


@pytest.mark.parametrize(
    ("boundary", "admin"),
    [
        (EVERYTHING, True),
        (POWER_USER, False),
        (policy(Action=["iam:AttachRolePolicy", "s3:*"]), False),
        (policy(Action="iam:*"), True),
    ],
)
def test_a_boundary_holds_an_administrator_unless_it_can_be_taken_off(boundary, admin):
    assert administers(held(role(EVERYTHING, boundary="Limit"), managed("Limit", boundary))) is admin


@pytest.mark.parametrize(
    ("document", "services"),
    [
        (policy(Action="kms:*"), ("kms",)),
        (policy(Action="kms:*", Resource="arn:aws:kms:*:111122223333:key/*"), ("kms",)),
        (policy(Action="kms:*", Resource="arn:aws:kms:us-east-1:111122223333:key/1"), ()),
        (policy(Action="S3:*", Resource=["arn:aws:s3:::*"]), ("s3",)),
        (policy(NotAction="s3:DeleteBucket"), ("s3", "kms")),
        (policy(Action="s3:GetObject*"), ()),
        (policy(Action="s3:*", Resource="arn:aws:s3:::home-${aws:userid}/*"), ()),
    ],
)
def test_a_service_is_held_whole_if_even_an_action_of_tomorrow_is_allowed(document, services):
    assert whole_services(held(role(document)), ("s3", "kms")) == services


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"Bool": {"aws:MultiFactorAuthPresent": "true"}}, True),
        ({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}, "StringEquals": {"aws:SourceVpce": "vpce-1"}}, True),
        ({"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}, True),
        ({"StringEquals": {"aws:ResourceTag/team": "ml"}}, False),
        ({"StringEquals": {"aws:PrincipalTag/Team": "ml"}}, True),
        ({"StringEquals": {"aws:PrincipalTag/team": "web"}}, False),
        ({"StringEquals": {"aws:ResourceAccount": "111122223333"}}, True),
    ],
)
def test_circumstances_can_be_met_but_not_what_the_request_is_about(condition, expected):
    assert may(held(role(under(**condition), tags={"team": "ml"})), "s3:GetObject", WEIGHTS) is expected


def test_where_no_policy_speaks_of_an_action_only_what_needs_no_permission_is_allowed():
    silent = held(role(READS_ONE_BUCKET))
    assert not may(silent, "iam:PassRole", "*")
    assert not may_somewhere(silent, "iam:PassRole")
    assert may(silent, "sts:GetCallerIdentity", "*")
    assert may_somewhere(silent, "sts:GetCallerIdentity")


def test_tags_are_asked_for_only_where_a_condition_reads_them():
    untold = role(EVERYTHING).punched("tags")
    assert may(held(untold), "s3:GetObject", WEIGHTS)
    with pytest.raises(NotCollected):
        may(held(role(under(StringEquals={"aws:PrincipalTag/team": "ml"})).punched("tags")), "s3:GetObject", WEIGHTS)


def test_a_deny_outside_some_circumstance_takes_nothing_away():
    fenced = under("Deny", StringNotEquals={"aws:RequestedRegion": "eu-west-1"})
    assert administers(held(role(EVERYTHING, fenced)))


def test_what_the_evaluator_cannot_decide_is_unknown():
    odd = policy(Action="s3:*", NotResource="arn:aws:s3:::home-${aws:PrincipalTag/none}/*")
    with pytest.raises(NotCollected, match="unsupported"):
        may(held(role(odd)), "s3:GetObject", WEIGHTS)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (policy(Action="iam:*"), True),
        (policy(Action="iam:Pass*", Resource="arn:aws:iam::*:role/*"), True),
        (policy(Action="iam:PassRole", Resource="arn:aws:iam::111122223333:role/service-role/*"), False),
        (
            policy(Action="iam:PassRole", Condition={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}),
            False,
        ),
        (
            policy(Action="iam:PassRole", Condition={"StringNotEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}),
            True,
        ),
    ],
)
def test_passing_any_role_means_every_role_to_every_service(document, expected):
    assert passes_any_role(held(role(document))) is expected


def test_other_partitions_are_asked_about_in_their_own_arns():
    who = held(role(policy(Action="s3:*", Resource="arn:aws-cn:s3:::*"), arn="arn:aws-cn:iam::111122223333:role/ml"))
    assert whole_services(who, ("s3", "kms")) == ("s3",)


def test_what_is_told_of_a_circumstance_counts_and_the_rest_stays_open():
    who = held(role(under(Bool={"aws:MultiFactorAuthPresent": "true"}, IpAddress={"aws:SourceIp": "10.0.0.0/8"})))
    assert may(who, "s3:GetObject", WEIGHTS)
    assert may(who, "s3:GetObject", WEIGHTS, {"aws:multifactorauthpresent": "true"})
    assert not may(who, "s3:GetObject", WEIGHTS, {"aws:multifactorauthpresent": None})


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (policy(Action="s3:GetObject", Resource=WEIGHTS), True),
        (policy(Action="s3:Get*", Condition={"StringEquals": {"s3:ExistingObjectTag/open": "yes"}}), True),
        (policy(Action="s3:GetObject", Condition={"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::1:role/x"}}), False),
        (policy(Action="s3:GetObject", Condition={"StringEquals": {"aws:PrincipalTag/team": "web"}}), False),
        (policy(Action="s3:PutObject"), False),
    ],
)
def test_somewhere_means_on_one_thing_at_least_whatever_its_tags(document, expected):
    assert may_somewhere(held(role(document, tags={"team": "ml"})), "s3:GetObject") is expected


def test_a_policy_that_cannot_be_read_is_unknown_somewhere_too():
    with pytest.raises(NotCollected, match="malformed"):
        may_somewhere(held(role("not JSON")), "s3:GetObject")


def test_grants_tell_where_each_document_comes_from():
    owner = user("one", managed=("B",), groups=("team",))
    given = inventory(owner, managed("B", "two"), team("three", managed=("B",)))
    found = [(one.document, one.policy.rpartition("/")[2], one.group) for one in grants(given, owner)]
    assert found == [("one", "", ""), ("two", "B", ""), ("three", "", "team"), ("two", "B", "team")]


def test_the_owner_of_a_principal_is_its_record():
    for owner in (user(), role()):
        given = inventory(owner)
        assert owner_of(given, principal(given, owner)) is owner
    with pytest.raises(NotCollected, match="gone"):
        owner_of(inventory(), held(role()))


def test_a_principal_can_be_thought_of_with_fewer_policies():
    who = held(role(EVERYTHING, READS_ONE_BUCKET, boundary="Limit"), managed("Limit", EVERYTHING))
    assert holding(who, [READS_ONE_BUCKET]).identity == (READS_ONE_BUCKET,)
    assert holding(who, [READS_ONE_BUCKET]).boundary == (EVERYTHING,)


def test_whoever_takes_a_role_that_may_be_tagged_chooses_the_tags_that_conditions_ask_for():
    def trust(*actions: str) -> str:
        statement = {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": list(actions)}
        return json.dumps({"Version": "2012-10-17", "Statement": [statement]})

    only_tagged = under(StringEquals={"aws:PrincipalTag/admin": "yes"})
    plain, taggable = (
        role(only_tagged, trust=trust(*names)) for names in (["sts:AssumeRole"], ["sts:AssumeRole", "sts:TagSession"])
    )
    assert not administers(held(plain))
    assert administers(held(taggable))
    assert administers(held(role(only_tagged, trust=trust("sts:*"))))


def test_a_role_whose_trust_was_not_read_may_be_one_that_may_be_tagged():
    only_tagged = under(StringEquals={"aws:PrincipalTag/admin": "yes"})
    with pytest.raises(NotCollected, match="taggable"):
        administers(held(role(only_tagged).punched("trust")))
