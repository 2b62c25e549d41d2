"""What our part of Sigma means, what it refuses, and where it says that something is wrong."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.detections import DetectionError, Engine, dumps, loads
from hexward.detections.expression import All, Comparison, Not, Some
from hexward.detections.match import matcher
from hexward.detections.sigma import read
from hexward.events import Log
from hexward.events.members import MEMBERS

HEAD = "title: Something\nlogsource: {product: aws, service: waf}\nlevel: low\n"


def rule(detection: str) -> str:
    return f"{HEAD}detection:\n{detection}"


def matches(detection: str, event: Mapping[str, object]) -> bool:
    [found] = read(rule(detection), "rule.yml", "rules.rule")
    return matcher(found.rules[0].expression)(event)


def selection(field: str) -> str:
    return f"    one:\n        {field}\n    condition: one\n"


@pytest.mark.parametrize(
    ("field", "event", "expected"),
    [
        ("a: Value", {"a": "vaLUE"}, True),
        ("a: value", {"a": "values"}, False),
        ("a|cased: Value", {"a": "value"}, False),
        ("a|cased: Value", {"a": "Value"}, True),
        ("a: [x, y]", {"a": "Y"}, True),
        ("a: va*e", {"a": "value\nvalue"}, True),
        ("a: va?ue", {"a": "value"}, True),
        ("a: va?ue", {"a": "vaue"}, False),
        (r"a: 'va\*e'", {"a": "va*e"}, True),
        (r"a: 'va\*e'", {"a": "value"}, False),
        (r"a: 'a\\*'", {"a": "a\\b"}, True),
        (r"a: 'a\b'", {"a": "a\\b"}, True),
        ("a: null", {}, True),
        ("a: null", {"a": None}, True),
        ("a: null", {"a": ""}, False),
        ("a: ''", {"a": ""}, True),
        ("a: ''", {}, False),
        ("a: [null, x]", {}, True),
        ("a: 5", {"a": 5}, True),
        ("a: 5", {"a": "5"}, True),
        ("a: 5", {"a": 5.0}, True),
        ("a: 5", {"a": 50}, False),
        ("a: true", {"a": True}, True),
        ("a: true", {"a": "true"}, True),
        ("a: false", {}, False),
        ("a.b.c: x", {"a": {"b": {"c": "x"}}}, True),
        ("a.b: x", {"a": "x"}, False),
        ("a.b: x", {"a": [{"b": "y"}, {"b": "x"}]}, True),
        ("a.b.c: x", {"a": [{"b": [{"c": "y"}, {"c": ["x"]}]}]}, True),
        ("a: x", {"a": ["y", "x"]}, True),
        ("a: null", {"a": []}, True),
        ("a|contains: ell", {"a": "HELLO"}, True),
        ("a|contains: [nay, ell]", {"a": "hello"}, True),
        ("a|contains|all: [he, lo]", {"a": "hello"}, True),
        ("a|contains|all: [he, nay]", {"a": "hello"}, False),
        ("a|contains: h*o", {"a": "say hello"}, True),
        ("a|contains: [h*x, ell]", {"a": "say hello"}, True),
        ("a|contains: '\"c\":1'", {"a": {"b": {"c": 1}}}, True),
        ("a|contains: x", {}, False),
        ("a|startswith: he", {"a": "Hello"}, True),
        ("a|startswith: lo", {"a": "Hello"}, False),
        ("a|endswith: lo", {"a": "Hello"}, True),
        ("a|endswith: '*'", {"a": "Hello"}, True),
        ("a|re: '^h.l+o$'", {"a": "hello"}, True),
        ("a|re: '^h.l+o$'", {"a": "Hello"}, False),
        ("a|re|i: '^h.l+o$'", {"a": "Hello"}, True),
        ("a|re: '.*'", {}, False),
        ("a|cidr: 10.0.0.0/8", {"a": "10.1.2.3"}, True),
        ("a|cidr: 10.0.0.0/8", {"a": "s3.amazonaws.com"}, False),
        ("a|cidr: '2001:db8::/32'", {"a": "2001:db8::1"}, True),
        ("a|exists: true", {"a": 0}, True),
        ("a|exists: true", {"a": None}, False),
        ("a|exists: true", {"a": []}, False),
        ("a|exists: false", {}, True),
        ("a|gte: 7", {"a": 7.0}, True),
        ("a|gt: 7", {"a": 7}, False),
        ("a|lt: 7", {"a": "6.5"}, True),
        ("a|lt: 7", {"a": "six"}, False),
        ("a|lt: 7", {"a": True}, False),
        ("a|lte: 7", {}, False),
        ("a|fieldref: b.c", {"a": "X", "b": {"c": "x"}}, True),
        ("a|fieldref: b", {"a": "x", "b": "y"}, False),
        ("a|fieldref: b", {}, False),
    ],
)
def test_a_field_means_what_sigma_says(field, event, expected):
    assert matches(selection(field), event) is expected


EVENT = {"a": "1", "b": "2"}
A, B, C = "    s_a: {a: '1'}\n", "    s_b: {b: '3'}\n", "    other: {b: '2'}\n"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("s_a", True),
        ("s_b", False),
        ("not s_b", True),
        ("not not s_a", True),
        ("s_a and s_b", False),
        ("s_a and not s_b", True),
        ("s_b or s_a and other", True),
        ("(s_a or s_b) and s_b", False),
        ("s_a or s_b and s_b", True),
        ("not s_a or other", True),
        ("1 of s_*", True),
        ("all of s_*", False),
        ("1 of them", True),
        ("all of them", False),
        ("not 1 of s_b*", True),
        ("s_a AND NOT s_b", True),
    ],
)
def test_a_condition_means_what_sigma_says(condition, expected):
    assert matches(f"{A}{B}{C}    condition: {condition}\n", EVENT) is expected


def test_a_list_of_maps_is_an_or_and_a_map_an_and():
    both = "    one:\n        - {a: '1', b: '3'}\n        - {b: '2'}\n    condition: one\n"
    [found] = read(rule(both), "rule.yml", "rules.rule")
    expression = found.rules[0].expression
    assert isinstance(expression, Some)
    assert isinstance(expression.of[0], All)
    assert isinstance(expression.of[1], Comparison)
    assert matches(both, EVENT)


def test_not_holds_where_the_field_is_missing():
    [found] = read(rule("    one: {a: x}\n    condition: not one\n"), "rule.yml", "rules.rule")
    assert isinstance(found.rules[0].expression, Not)
    assert matcher(found.rules[0].expression)({})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (rule(selection("a|base64: x")), "rule.yml:6: the modifier 'base64' is not read"),
        (rule(selection("a|contains|startswith: x")), "rule.yml:6: the modifiers contains and startswith do not go together"),
        (rule(selection("a|all: x")), "rule.yml:6: the modifier all wants several values"),
        (rule(selection("a: No")), "rule.yml:6: YAML reads No as false; put it in quotes, or write false"),
        (rule(selection("a: 0123")), "rule.yml:6: YAML reads 0123 as 83; put it in quotes, or write 83"),
        (rule(selection("a: {b: c}")), "rule.yml:6: the value of 'a' is not a plain one"),
        (rule(selection("a: []")), "rule.yml:6: 'a' has no value"),
        (rule(selection("a|gte: x")), "rule.yml:6: 'x' is not what the modifier gte takes"),
        (rule(selection("a|re: '('")), "rule.yml:6: '(' is not what the modifier re takes"),
        (rule(selection("a|re: '(a+)+b'")), "rule.yml:6: '(a+)+b' repeats a group, which some texts would keep busy"),
        (rule(selection("a|cidr: 10.0.0.1/8")), "rule.yml:6: '10.0.0.1/8' is not what the modifier cidr takes"),
        (rule(selection("a|exists: x")), "rule.yml:6: 'x' is not what the modifier exists takes"),
        (rule(selection("hexward.mood: x")), "rule.yml:6: there is no field 'hexward.mood'; there are"),
        (rule("    one: {a: x}\n"), "rule.yml:5: the detection has no condition"),
        (rule("    one: {a: x}\n    condition: two\n"), "rule.yml:6: the condition names 'two', which is no selection"),
        (rule("    one: {a: x}\n    condition: one and\n"), "rule.yml:6: the condition ends too early"),
        (rule("    one: {a: x}\n    condition: (one\n"), "rule.yml:6: the condition lacks a )"),
        (rule("    one: {a: x}\n    condition: one one\n"), "rule.yml:6: the condition goes on after its end with 'one'"),
        (rule("    one: {a: x}\n    condition: one | count() > 5\n"), "rule.yml:6: the condition cannot be read at '| count() > 5'"),
        (rule("    one: {a: x}\n    condition: 1 of two*\n"), "rule.yml:6: no selection is named as 'two*'"),
        (rule("    one: [a, b]\n    condition: one\n"), "rule.yml:5: the selection 'one' lists words without a field"),
        (rule("    timeframe: 5m\n    condition: one\n"), "rule.yml:5: timeframe is not read"),
        (f"{HEAD}mood: good\n", "rule.yml:4: there is no key 'mood' in the part of Sigma that is read"),
        (f"{HEAD}title: Again\n", "rule.yml:4: 'title' stands twice"),
        ("title: [", "rule.yml:2: did not find expected node content"),
        ("title: *x\n", "rule.yml:1: found undefined alias"),
        ("title: &x a\nname: *x\n", "rule.yml:1: anchors and aliases are not read"),
        ("", "rule.yml:1: the file holds no rule"),
        (HEAD, "rule.yml:1: the rule has no detection"),
        (rule(selection("a: x")).replace("low", "grave"), "rule.yml:3: there is no level 'grave'; there are informational, low"),
        (rule(selection("a: x")).replace("product: aws", "product: windows"), "rule.yml:2: logsource is not of the product aws"),
        (rule(selection("a: x")).replace("waf", "config"), "rule.yml:2: there is no log 'config'; there are cloudtrail"),
        (rule(selection("a: x")) + "tags: [Attack]\n", "rule.yml:8: 'Attack' is no tag"),
        (rule(selection("a: x")) + "custom: {playbook: deny_bedrok}\n", "rule.yml:8: there is no playbook 'deny_bedrok'; the"),
        (rule(selection("a: x")) + "custom: {mood: good}\n", "rule.yml:8: there is no key 'mood' in custom"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line_with_file_and_line(text, says):
    with pytest.raises(DetectionError) as error:
        read(text, "rule.yml", "rules.rule")
    assert str(error.value).startswith(says)
    assert len(str(error.value).splitlines()) == 1


CLOUDTRAIL_HEAD = HEAD.replace("waf", "cloudtrail")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("eventSouce: x", "cloudtrail has no field 'eventSouce'; the nearest is eventSource"),
        ("eventname: x", "cloudtrail has no field 'eventname'; the nearest is eventName"),
        ("requestParameter.name|exists: true", "cloudtrail has no field 'requestParameter'; the nearest is requestParameters"),
        ("eventName|fieldref: hexward.nope", "there is no field 'hexward.nope'; there are hexward.principal"),
        ("eventName|fieldref: [eventSource, eventnam]", "cloudtrail has no field 'eventnam'; the nearest is eventName"),
        ("hexward: x", "there is no field 'hexward'; there are"),
        ("userIdentity.tpye: x", "cloudtrail has no field 'tpye' in userIdentity; the nearest is type"),
        ("userIdentity.userIdentity: x", "cloudtrail has no field 'userIdentity' in userIdentity; the nearest is"),
        (
            "userIdentity.sessionContext.sessionIssuer.username: x",
            "cloudtrail has no field 'username' in userIdentity.sessionContext.sessionIssuer; the nearest is userName",
        ),
        ("tlsDetails.version: x", "cloudtrail has no field 'version' in tlsDetails; the nearest is tlsVersion"),
        ("resources.arn|contains: x", "cloudtrail has no field 'arn' in resources; the nearest is ARN"),
        ("eventName|fieldref: userIdentity.ann", "cloudtrail has no field 'ann' in userIdentity; the nearest is arn"),
        ("userIdentity.: x", "cloudtrail has no field '' in userIdentity; the nearest is "),
    ],
)  # fmt: skip
def test_a_field_that_no_record_of_the_log_has_is_an_error(line, says):
    with pytest.raises(DetectionError) as error:
        read(f"{CLOUDTRAIL_HEAD}detection:\n{selection(line)}", "rule.yml", "rules.rule")
    assert str(error.value).startswith(f"rule.yml:6: {says}")


@pytest.mark.parametrize(
    "field",
    [
        "requestParameters.tpye",
        "responseElements.a.b",
        "additionalEventData.x",
        "serviceEventDetails.x",
        "edgeDeviceDetails.x",
        "userIdentity.sessionContext.webIdFederationData.attributes.www.amazon.com:app_id",
        "eventContext.tagContext.resourceTags.x",
        "userIdentity.inScopeOf.credentialsIssuedTo",
    ],
)
def test_a_field_within_what_a_service_writes_may_have_any_name(field):
    assert read(f"{CLOUDTRAIL_HEAD}detection:\n{selection(f'"{field}": x')}", "rule.yml", "rules.rule")


WITHIN = MEMBERS[Log.CLOUDTRAIL]
PATHS = sorted(f"{path}.{name}" if path else name for path, names in WITHIN.items() for name in names)


@given(st.sampled_from(PATHS), st.data())
def test_a_field_in_which_two_letters_changed_places_is_an_error(path, data):
    at = data.draw(st.integers(0, len(path) - 2))
    wrong = path[:at] + path[at + 1] + path[at] + path[at + 2 :]
    head = f"{CLOUDTRAIL_HEAD}detection:\n"
    assert read(head + selection(f"{path}: x"), "rule.yml", "rules.rule")
    if wrong != path:
        with pytest.raises(DetectionError, match=r"rule.yml:6: cloudtrail has no field .*; the nearest is "):
            read(head + selection(f"'{wrong}': x"), "rule.yml", "rules.rule")


@pytest.mark.parametrize(
    ("service", "wrong", "right"), [("guardduty", "Severity", "severity"), ("s3access", "remoteip", "remote_ip")]
)
def test_the_fields_of_other_logs_are_known_too(service, wrong, right):
    text = f"{HEAD.replace('waf', service)}detection:\n{selection(f'{wrong}: x')}"
    with pytest.raises(DetectionError, match=f"{service} has no field '{wrong}'; the nearest is {right}"):
        read(text, "rule.yml", "rules.rule")
    assert read(text.replace(wrong, right), "rule.yml", "rules.rule")


CORRELATION = """correlation:
    type: event_count
    rules: [one]
    group-by: [hexward.principal]
    timespan: 10m
    condition: {gte: 3}
title: Many
level: high
---
name: one
""" + rule(selection("eventName: x")).replace("waf", "cloudtrail")


def test_a_correlation_is_the_detection_and_its_rules_are_parts():
    [found] = read(CORRELATION, "rule.yml", "rules.rule")
    assert (found.id, found.title) == ("rules.rule", "Many")
    assert found.correlation is not None
    assert (found.correlation.at_least, found.correlation.timespan_seconds) == (3, 600)
    assert [one.name for one in found.rules] == ["one"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "[hexward.principal]",
            "[hexward.principal, sourceIpAddress]",
            "rule.yml:4: cloudtrail has no field 'sourceIpAddress'",
        ),
        ("event_count", "temporal", "rule.yml:2: the correlation 'temporal' is not read"),
        ("[one]", "[two]", "rule.yml:3: the correlation names 'two', which is no rule of this file"),
        ("[one]", "[one, one]", "rule.yml:3: the correlation names a rule twice"),
        ("10m", "10x", "rule.yml:5: '10x' is no timespan such as 10m"),
        ("10m", "10d", "rule.yml:5: the timespan 10d is not within 7 days"),
        ("{gte: 3}", "{lte: 3}", "rule.yml:6: the condition is not one of gte and gt"),
        ("{gte: 3}", "{gte: 3, field: a}", "rule.yml:6: event_count takes no field"),
        ("event_count", "value_count", "rule.yml:6: value_count wants a field"),
        ("{gte: 3}", "{gte: 0}", "rule.yml:6: 0 is not a number from 1 on"),
        ("event_count", "temporal_ordered", "rule.yml:6: temporal_ordered takes no condition"),
        ("hexward.principal", "hexward.mood", "rule.yml:4: there is no field 'hexward.mood'"),
        ("    timespan: 10m\n", "", "rule.yml:2: the correlation has no timespan"),
        ("    timespan", "    generate: true\n    timespan", "rule.yml:5: there is no key 'generate'"),
    ],
)
def test_a_correlation_that_cannot_be_is_one_line(old, new, says):
    with pytest.raises(DetectionError) as error:
        read(CORRELATION.replace(old, new, 1), "rule.yml", "rules.rule")
    assert str(error.value).startswith(says)


CHAIN = (
    """title: First often, then second
level: high
correlation: {type: temporal_ordered, rules: [often, two], group-by: [a], timespan: 1h}
---
title: Often
name: often
correlation: {type: event_count, rules: [one], group-by: [a], timespan: 10m, condition: {gte: 3}}
---
name: one
"""
    + rule(selection("eventName: x"))
    + "---\nname: two\n"
    + rule(selection("eventName: y"))
)


def test_a_correlation_that_another_names_is_a_step_of_it():
    [found] = read(CHAIN, "rule.yml", "rules.rule")
    assert found.title == "First often, then second"
    assert [one.name for one in found.rules] == ["often", "two"]
    assert [one.often and (one.often.at_least, one.often.timespan_seconds) for one in found.rules] == [(3, 600), None]
    assert loads(dumps([found])) == (found,)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("rules: [often, two]", "rules: [one, two]", "rule.yml:7: a second correlation in one file is read only where"),
        (
            "event_count, rules: [one]",
            "event_count, rules: [one, two]",
            "rule.yml:7: a correlation that another names counts",
        ),
        (
            "group-by: [a], timespan: 10m",
            "group-by: [b], timespan: 10m",
            "rule.yml:3: the correlation 'often' is not a shorter step",
        ),
        ("timespan: 10m", "timespan: 2h", "rule.yml:3: the correlation 'often' is not a shorter step"),
        ("temporal_ordered", "event_count", "rule.yml:3: the correlation has no condition"),
        ("rules: [one]", "rules: [three]", "rule.yml:7: the correlation names 'three', which is no rule of this file"),
        ("rules: [one]", "rules: [often]", "rule.yml:7: the correlation names 'often', which is no rule of this file"),
        ("name: two", "name: one", "rule.yml:18: two rules of this file are named 'one'"),
        ("name: often", "name: one", "rule.yml:9: two rules of this file are named 'one'"),
    ],
)
def test_a_chain_that_cannot_be_is_one_line(old, new, says):
    with pytest.raises(DetectionError) as error:
        read(CHAIN.replace(old, new, 1), "rule.yml", "rules.rule")
    assert str(error.value).startswith(says)


def test_documents_without_a_correlation_are_detections_of_their_own():
    two = rule(selection("a: x")) + "---\n" + rule(selection("a: y"))
    assert [one.id for one in read(two, "rule.yml", "rules.rule")] == ["rules.rule", "rules.rule-2"]
    assert len(Engine(read(two, "rule.yml", "rules.rule")).detections) == 2
