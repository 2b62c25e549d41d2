"""A web ACL's rules, however they nest, are told as what they look for and whether they stop it."""

from typing import Any

import pytest

from hexward.inventory.web_acl_rules import rules

BODY = {"Body": {"OversizeHandling": "MATCH"}}
LIMIT = {"SizeConstraintStatement": {"FieldToMatch": BODY, "ComparisonOperator": "GT", "Size": 8192}}
PATTERN = {"RegexPatternSetReferenceStatement": {"ARN": "arn:set", "FieldToMatch": {"JsonBody": {}}}}
OFFICE = {"IPSetReferenceStatement": {"ARN": "arn:office"}}
GROUP = {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}
COUNTED = [{"Name": "NoUserAgent_HEADER", "ActionToUse": {"Count": {}}}, {"Name": "X", "ActionToUse": {"Captcha": {}}}]


def read(statement: dict[str, Any], **more: object) -> dict[str, Any]:
    [rule] = rules({"Rules": [{"Name": "one", "Priority": 1, "Statement": statement, **more}]})
    return {name: value for name, value in rule.items() if value not in (False, "", [], None) and name != "name"}


@pytest.mark.parametrize(
    ("action", "stops"),
    [
        ({"Block": {}}, True),
        ({"Captcha": {}}, True),
        ({"Challenge": {}}, True),
        ({"Count": {}}, False),
        ({"Allow": {}}, False),
    ],
)
def test_only_some_actions_stop_a_request(action, stops):
    assert read(LIMIT, Action=action).get("stops", False) is stops


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (LIMIT, {"body_limit_bytes": 8192, "finds_oversize": True}),
        ({"SizeConstraintStatement": {"FieldToMatch": {"Body": {}}, "ComparisonOperator": "GE", "Size": 10}}, {"body_limit_bytes": 9}),
        ({"SizeConstraintStatement": {"FieldToMatch": BODY, "ComparisonOperator": "LT", "Size": 10}}, {}),
        ({"SizeConstraintStatement": {"FieldToMatch": {"QueryString": {}}, "ComparisonOperator": "GT", "Size": 10}}, {}),
        (PATTERN, {"reads_bodies": True}),
        ({"ByteMatchStatement": {"SearchString": b"x", "FieldToMatch": {"UriPath": {}}}}, {}),
        ({"LabelMatchStatement": {"Scope": "LABEL", "Key": "prompt-injection"}}, {"labels": ["prompt-injection"]}),
        (
            {"AndStatement": {"Statements": [{"NotStatement": {"Statement": PATTERN}}, {"OrStatement": {"Statements": [LIMIT]}}]}},
            {"reads_bodies": True, "body_limit_bytes": 8192, "finds_oversize": True},
        ),
        ({"RateBasedStatement": {"Limit": 100, "AggregateKeyType": "IP", "ScopeDownStatement": PATTERN}}, {"rate_by": ["IP"]}),
        (
            {"RateBasedStatement": {"AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"Header": {"Name": "x-api-key"}}, {"IP": {}}]}},
            {"rate_by": ["Header", "IP"]},
        ),
    ],
)  # fmt: skip
def test_looks_through_what_a_statement_holds(statement, told):
    assert read(statement) == told


def test_a_group_acts_as_its_own_rules_say_unless_it_is_told_otherwise():
    managed = {"ManagedRuleGroupStatement": {**GROUP, "RuleActionOverrides": COUNTED}}
    common = {"group": "AWS/AWSManagedRulesCommonRuleSet", "counted": ["NoUserAgent_HEADER"]}
    assert read(managed, OverrideAction={"None": {}}) == {"stops": True, **common}
    assert read(managed, OverrideAction={"Count": {}}) == common
    old = {"ManagedRuleGroupStatement": {**GROUP, "ExcludedRules": [{"Name": "X"}]}}
    assert read(old, OverrideAction={"None": {}})["counted"] == ["X"]


def test_the_groups_of_firewall_manager_are_rules_too():
    managed = {
        "Name": "fms",
        "Priority": 0,
        "FirewallManagerStatement": {"RuleGroupReferenceStatement": {"ARN": "arn:group"}},
    }
    [rule] = rules({"PreProcessFirewallManagerRuleGroups": [{**managed, "OverrideAction": {"None": {}}}]})
    assert (rule["group"], rule["stops"]) == ("arn:group", True)


@pytest.mark.parametrize("acl", [None, "text", 5, {"Rules": ["x"]}, {"Rules": [{"Name": "x"}]}])
def test_what_is_no_web_acl_is_refused(acl):
    with pytest.raises((KeyError, TypeError)):
        rules(acl)


@pytest.mark.parametrize(
    ("statement", "spares"),
    [
        ({"ByteMatchStatement": {"SearchString": b"/", "FieldToMatch": {"UriPath": {}}}}, True),
        (OFFICE, False),
        ({"AndStatement": {"Statements": [OFFICE, PATTERN]}}, False),
        ({"OrStatement": {"Statements": [OFFICE, OFFICE]}}, False),
        ({"OrStatement": {"Statements": [OFFICE, PATTERN]}}, True),
        ({"NotStatement": {"Statement": OFFICE}}, True),
        ({"NotStatement": {"Statement": {"GeoMatchStatement": {"CountryCodes": ["AQ"]}}}}, True),
    ],
)
def test_a_rule_that_allows_spares_what_it_finds_unless_by_address(statement, spares):
    assert read(statement, Action={"Allow": {}}).get("lets_through", False) is spares
    assert "lets_through" not in read(statement, Action={"Block": {}})


def test_a_group_that_is_scoped_down_is_narrowed():
    assert read({"ManagedRuleGroupStatement": {**GROUP, "ScopeDownStatement": PATTERN}})["narrowed"]


def test_rules_are_told_in_the_order_of_their_priority():
    acl = {
        "Rules": [{"Name": name, "Priority": place, "Statement": LIMIT} for name, place in (("late", 2), ("early", 0))]
    }
    assert [rule["name"] for rule in rules(acl)] == ["early", "late"]
