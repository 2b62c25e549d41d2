"""Conditions, against the tables of AWS's documentation."""

import pytest

from hexward.iam import PolicyError, match_condition
from hexward.iam.condition import condition
from hexward.iam.doubt import Doubt

OPERATORS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"
SETS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html"
CHECKS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html"
VARIABLES = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"

type Rows = list[tuple[str, str | list[str], object, bool]]

STRINGS: Rows = [
    ("StringEquals", "red", "red", True),
    ("StringEquals", "red", "Red", False),
    ("StringEquals", "re*", "red", False),
    ("StringEquals", ["blue", "red"], "red", True),
    ("StringNotEquals", "red", "red", False),
    ("StringNotEquals", ["blue", "red"], "red", False),
    ("StringNotEquals", ["blue", "red"], "green", True),
    ("StringEqualsIgnoreCase", "RED", "red", True),
    ("StringNotEqualsIgnoreCase", "RED", "red", False),
    ("StringLike", "re*", "red", True),
    ("StringLike", "r?d", "red", True),
    ("StringLike", "r?d", "reed", False),
    ("StringLike", "*", "", True),
    ("StringLike", "a*b*c", "a1b2c", True),
    ("StringLike", "a*b*c", "a1c2b", False),
    ("StringLike", r"a\*", r"a\b", True),
    ("StringLike", "RE*", "red", False),
    ("StringNotLike", "re*", "red", False),
    ("StringNotLike", ["re*", "bl*"], "green", True),
    ("StringLike", ["", "home/"], "", True),
]
NUMBERS: Rows = [
    ("NumericEquals", "10", 10, True),
    ("NumericEquals", "10", "10.0", True),
    ("NumericNotEquals", "10", 10, False),
    ("NumericLessThan", "10", 10, False),
    ("NumericLessThan", "10", 9.5, True),
    ("NumericLessThanEquals", "10", 10, True),
    ("NumericGreaterThan", "10", 11, True),
    ("NumericGreaterThanEquals", "10", 10, True),
    ("NumericEquals", "12345678901234567890", "12345678901234567891", False),
]
DATES: Rows = [
    ("DateEquals", "2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00", True),
    ("DateEquals", "2020-01-01", "1577836800", True),
    ("DateEquals", "2020", "2020-01-01T00:00:00.000Z", True),
    ("DateNotEquals", "2020-01-01", "2020-01-02", True),
    ("DateLessThan", "2020-01-01T00:00:01Z", "2020-01-01T00:00:00.5Z", True),
    ("DateLessThanEquals", "2020-01", "2020-01-01", True),
    ("DateGreaterThan", "2020-01-01T00:00:01Z", "2020-01-01T00:00:01Z", False),
    ("DateGreaterThanEquals", "1577836801", "2020-01-01T00:00:01Z", True),
    ("DateEquals", "1969-12-31T23:59:59Z", "-1", True),
]
OTHERS: Rows = [
    ("Bool", "true", True, True),
    ("Bool", "true", "TRUE", True),
    ("Bool", "false", True, False),
    ("BinaryEquals", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", True),
    ("BinaryEquals", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QUJD", False),
    ("IpAddress", "203.0.113.0/24", "203.0.113.255", True),
    ("IpAddress", "203.0.113.0/24", "203.0.114.0", False),
    ("IpAddress", "203.0.113.7", "203.0.113.7", True),
    ("IpAddress", ["203.0.113.0/24", "2001:DB8:1234:5678::/64"], "2001:db8:1234:5678::1", True),
    ("IpAddress", "0.0.0.0/0", "::1", False),
    ("NotIpAddress", "203.0.113.0/24", "203.0.113.255", False),
    ("NotIpAddress", "203.0.113.0/24", "10.0.0.1", True),
]
ARN = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"
ARNS: Rows = [
    ("StringLike", "arn:aws:someservice:*:111122223333:finance/*", ARN, True),
    ("ArnLike", "arn:aws:someservice:*:111122223333:finance/*", ARN, False),
    ("ArnEquals", "arn:aws:sns:*:111122223333:topic-?", "arn:aws:sns:us-east-1:111122223333:topic-1", True),
    ("ArnEquals", "arn:aws:sns:*:111122223333:Topic-?", "arn:aws:sns:us-east-1:111122223333:topic-1", False),
    ("ArnNotEquals", "arn:aws:sns:*:111122223333:topic-?", "arn:aws:sns:us-east-1:111122223333:topic-1", False),
    ("ArnNotLike", "arn:aws:iam::*:role/admin", "arn:aws:iam::111122223333:role/train", True),
    ("ArnLike", "arn:aws:iam::*:role/a*", "arn:aws:iam::111122223333:role/path/a", False),
    ("ArnLike", "arn:aws:s3", "arn:aws:s3:::bucket/key", True),
    ("ArnLike", "*", "arn:aws:s3:::bucket/key", True),
    ("ArnLike", "arn:aws:s3:::bucket", "bucket", False),
]


@pytest.mark.parametrize(("operator", "values", "found", "holds"), STRINGS + NUMBERS + DATES + OTHERS + ARNS)
def test_operators_compare_as_documented(operator, values, found, holds):
    assert match_condition(operator, "aws:Key", values, {"AWS:key": found}) is holds, OPERATORS


MISSING = [
    ("StringEquals", "a", False),
    ("StringNotEquals", "a", True),
    ("StringNotLike", "a*", True),
    ("NumericNotEquals", "1", True),
    ("NumericLessThan", "1", False),
    ("DateNotEquals", "2020", True),
    ("Bool", "false", False),
    ("BinaryEquals", "QUJD", False),
    ("IpAddress", "10.0.0.0/8", False),
    ("NotIpAddress", "10.0.0.0/8", True),
    ("ArnLike", "arn:aws:s3:::*", False),
    ("ArnNotLike", "arn:aws:s3:::*", True),
    ("StringEqualsIfExists", "a", True),
    ("StringNotEqualsIfExists", "a", True),
    ("BoolIfExists", "true", True),
    ("ForAllValues:StringEquals", "a", True),
    ("ForAllValues:StringNotEquals", "a", True),
    ("ForAnyValue:StringEquals", "a", False),
    ("ForAnyValue:StringNotEquals", "a", False),
    ("ForAnyValue:StringEqualsIfExists", "a", True),
    ("Null", "true", True),
    ("Null", "false", False),
]


@pytest.mark.parametrize(("operator", "value", "holds"), MISSING)
def test_a_missing_key_counts_as_documented(operator, value, holds):
    assert match_condition(operator, "aws:Key", [value], {"aws:other": "a"}) is holds, OPERATORS


SEVERAL = [
    ("ForAllValues:StringEquals", ["a", "b"], ["a", "b"], True),
    ("ForAllValues:StringEquals", ["a", "b"], ["a", "c"], False),
    ("ForAllValues:StringLike", ["a*"], ["a1", "a2"], True),
    ("ForAllValues:StringNotEquals", ["a"], ["b", "c"], True),
    ("ForAllValues:StringNotEquals", ["a"], ["a", "c"], False),
    ("ForAnyValue:StringEquals", ["a", "b"], ["b", "c"], True),
    ("ForAnyValue:StringEquals", ["a", "b"], ["c"], False),
    ("ForAnyValue:StringNotEquals", ["a"], ["a", "c"], True),
    ("ForAnyValue:StringNotEquals", ["a"], ["a"], False),
    ("ForAllValues:StringEquals", ["a"], [], True),
    ("ForAllValues:StringEquals", ["a"], "", True),
    ("ForAnyValue:StringEquals", [""], "", False),
    ("ForAnyValue:StringLike", ["ml-*"], ["ml-train", "web"], True),
]


@pytest.mark.parametrize(("operator", "values", "found", "holds"), SEVERAL)
def test_set_operators_compare_every_or_any_value(operator, values, found, holds):
    assert match_condition(operator, "aws:TagKeys", values, {"aws:TagKeys": found}) is holds, SETS


@pytest.mark.parametrize(
    ("found", "null"), [("", True), ([], True), (None, True), ("a", False), (["", "a"], False), (0, False)]
)
def test_null_takes_an_empty_value_for_an_absent_key(found, null):
    assert match_condition("Null", "aws:PrincipalTag/team", ["true"], {"aws:PrincipalTag/team": found}) is null
    assert match_condition("Null", "aws:PrincipalTag/team", ["false"], {"aws:PrincipalTag/team": found}) is not null


@pytest.mark.parametrize(
    ("value", "found", "holds"),
    [
        ("home/${aws:username}/*", "home/alice/x", True),
        ("home/${AWS:UserName}/*", "home/bob/x", False),
        ("a${*}b", "a*b", True),
        ("a${*}b", "axb", False),
        ("a${?}", "a?", True),
        ("a${$}{x}", "a${x}", True),
        ("${aws:userid, 'anonymous'}", "anonymous", True),
        ("${aws:username, 'nobody'}", "alice", True),
        ("${aws:PrincipalTag/cost center}", "42", True),
        ("${aws:missing}", "", False),
        ("${s3:star}", "*", True),
        ("${s3:star}", "anything", False),
    ],
)
def test_policy_variables_take_their_values_from_the_request(value, found, holds):
    context = {"aws:username": "alice", "aws:PrincipalTag/cost center": "42", "s3:star": "*", "s3:prefix": found}
    assert match_condition("StringLike", "s3:prefix", [value], context) is holds, VARIABLES


@pytest.mark.parametrize(
    ("operator", "value"),
    [
        ("StringMatches", "a"),
        ("NullIfExists", "true"),
        ("ForSomeValues:StringEquals", "a"),
        ("ForAnyValue:ForAnyValue:StringEquals", "a"),
        ("", "a"),
        ("NumericEquals", "ten"),
        ("NumericEquals", "NaN"),
        ("NumericEquals", "1_000"),
        ("NumericEquals", "${aws:x}"),
        ("DateEquals", "2020-13-01"),
        ("DateEquals", "2020-01-01T00:00:00"),
        ("Bool", "yes"),
        ("Null", "maybe"),
        ("BinaryEquals", "%"),
        ("IpAddress", "10.0.0.0/33"),
        ("IpAddress", "everywhere"),
        ("StringLike", "${aws:username"),
        ("StringLike", "${}"),
        ("StringLike", "${aws:username, default}"),
    ],
)
def test_what_aws_would_refuse_is_an_error_with_its_place(operator, value):
    with pytest.raises(PolicyError) as caught:
        match_condition(operator, "aws:Key", [value], {"aws:Key": "1"})
    assert caught.value.place.startswith(f"Condition.{operator}")


@pytest.mark.parametrize(
    ("operator", "values", "found"),
    [
        ("StringEquals", ["a"], ["a", "b"]),
        ("StringNotEquals", ["a"], ["a", "b"]),
        ("NumericLessThan", ["1"], "many"),
        ("NotIpAddress", ["10.0.0.0/8"], "AWS Internal"),
        ("StringNotEquals", ["${aws:missing}"], "a"),
        ("ArnNotLike", ["role/admin"], "arn:aws:iam::111122223333:role/train"),
    ],
)
def test_what_the_documentation_leaves_open_does_not_hold(operator, values, found):
    assert match_condition(operator, "aws:Key", values, {"aws:Key": found}) is False


@pytest.mark.parametrize(
    ("operator", "absent", "present"),
    [
        ("ForAllValues:StringEquals", True, False),
        ("ForAnyValue:StringEquals", False, False),
        ("StringEqualsIfExists", True, False),
        ("NumericLessThan", None, None),
        ("StringEquals", None, None),
        ("StringNotEquals", None, None),
        ("ForAllValues:StringNotEquals", None, None),
        ("Null", None, None),
    ],
)
def test_a_condition_without_values_holds_as_the_policy_checks_say_or_is_in_doubt(operator, absent, present):
    found = condition(operator, "aws:Key", [], "", variables=True)
    answers = [found.holds({}), found.holds({"aws:key": ("a",)})]
    assert [None if isinstance(one, Doubt) else one for one in answers] == [absent, present], CHECKS


def test_several_values_without_a_set_operator_are_settled_if_all_agree():
    assert match_condition("StringEquals", "aws:TagKeys", ["a", "b"], {"aws:TagKeys": ["a", "b"]})
    assert match_condition("StringNotEquals", "aws:TagKeys", ["c"], {"aws:TagKeys": ["a", "b"]})
