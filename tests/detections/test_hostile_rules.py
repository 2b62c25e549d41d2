"""Whatever is given as a rule file is read, or is one line with file and line: no crash, no error of Python's own."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yaml import SafeLoader

from hexward.detections import DetectionError, Engine
from hexward.detections import place as places
from hexward.detections.place import DEEPEST, LARGEST
from hexward.detections.sigma import read
from hexward.detections.walk import user_detections
from tests.detections.test_sigma import CORRELATION, HEAD, rule, selection

LAUGHS = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 2000))
HOSTILE = {
    "many lists": ("a: " + "[" * 50_000, "rule.yml:1: the file is nested too deeply"),
    "many maps": ("{a: " * 3_000, "rule.yml:1: the file is nested too deeply"),
    "many dashes": ("- " * 3_000 + "a", "rule.yml:1: the file is nested too deeply"),
    "deep and whole": ("a:\n  " + "[" * 3_000 + "]" * 3_000, "rule.yml:2: the file is nested too deeply"),
    "deep key": ("? " * 3_000 + "a", "rule.yml:1: the file is nested too deeply"),
    "long": ("#" * (LARGEST + 1), "rule.yml:1: the file is longer than 1000000 characters"),
    "level": (rule(selection("a: x")).replace("low", "[low]"), "rule.yml:3: the level is not a text"),
    "level map": (rule(selection("a: x")).replace("low", "{a: b}"), "rule.yml:3: the level is not a text"),
    "status": (rule(selection("a: x")) + "status: [test]\n", "rule.yml:8: the status is not a text"),
    "service": (rule(selection("a: x")).replace("waf", "[x]"), "rule.yml:2: the log is not a text"),
    "product": (rule(selection("a: x")).replace(": aws", ": [aws]"), "rule.yml:2: logsource is not of the product aws"),
    "data source": (rule(selection("a: x")) + "custom: {data_source: [x]}\n", "rule.yml:8: the data source is not a text"),
    "bool": (rule(selection("a: !!bool foo")), "rule.yml:6: the tag 'tag:yaml.org,2002:bool' is not read"),
    "timestamp": (rule(selection("a: !!timestamp foo")), "rule.yml:6: the tag 'tag:yaml.org,2002:timestamp' is not read"),
    "python": ("!!python/object/apply:os.system [id]", "rule.yml:1: the tag 'tag:yaml.org,2002:python/object/apply:os'… is not"),
    "tagged key": ("!!bool foo: x", "rule.yml:1: the tag 'tag:yaml.org,2002:bool' is not read"),
    "tagged map": ("a: !mine {b: c}", "rule.yml:1: the tag '!mine' is not read"),
    "no day": (rule(selection("a: 2026-13-45")), "rule.yml:6: '2026-13-45' cannot be read; put it in quotes"),
    "first day": (rule(selection("a: 0001-01-01 00:00:00+23:59")), "rule.yml:6: the value of 'a' is not a plain one"),
    "no number": (rule(selection("a: 0b_")), "rule.yml:6: '0b_' cannot be read; put it in quotes"),
    "big number": (rule(selection(f"a: {'9' * 5000}")), f"rule.yml:6: '{'9' * 40}'… is too long a number; put it in quotes"),
    "big hex": (rule(selection(f"a: 0x{'f' * 5000}")), f"rule.yml:6: '0x{'f' * 38}'… is too long a number"),
    "sexagesimal": (rule(selection(f"a: 1{':1' * 100_000}")), "rule.yml:6: '1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:'… is too"),
    "long echo": (rule(selection(f"a|cidr: {'x' * 5000}")), f"rule.yml:6: '{'x' * 40}'… is not what the modifier cidr takes"),
    "long key": (f"{HEAD}{'x' * 500}: x\n", f"rule.yml:4: there is no key '{'x' * 40}'… in the part"),
    "long twice": (f"{'x' * 500}: x\n" * 2, f"rule.yml:2: '{'x' * 40}'… stands twice"),
    "repetition": (rule(selection("a|re: 'a{9999999999999}'")), "rule.yml:6: 'a{9999999999999}' is not what the modifier re takes"),
    "groups": (rule(selection(f"a|re: '{'(' * 400}{')' * 400}'")), "rule.yml:6: the regular expression has more than 50 groups"),
    "long regex": (rule(selection(f"a|re: '{'(' * 3000}'")), "rule.yml:6: the regular expression is longer than 1000 characters"),
    "regex flags": (rule(selection("a|re: '(?a)(?u)b'")), "rule.yml:6: '(?a)(?u)b' is not what the modifier re takes"),
    "regex set": (rule(selection("a|re: '[[a]'")), "rule.yml:6: '[[a]' is not what the modifier re takes"),
    "parentheses": (
        rule(f"    one: {{a: x}}\n    condition: {'(' * 3000}one{')' * 3000}\n"),
        "rule.yml:6: the condition is nested too deeply",
    ),
    "nots": (rule(f"    one: {{a: x}}\n    condition: {'not ' * 2000}one\n"), "rule.yml:6: the condition is nested too deeply"),
    "long condition": (
        rule(f"    one: {{a: x}}\n    condition: one{' or one' * 2000}\n"),
        "rule.yml:6: the condition is longer than 10000 characters",
    ),
    "many selections": (
        rule("".join(f"    s{n}: {{a: x}}\n" for n in range(1001)) + "    condition: 1 of s*\n"),
        "rule.yml:5: the detection has more than 1000 selections",
    ),
    "laughs": (LAUGHS, "rule.yml:1: anchors and aliases are not read"),
    "aliases": ("a: &a x\nb: [" + "*a, " * 5000 + "]", "rule.yml:1: anchors and aliases are not read"),
    "itself": ("&a [*a]", "rule.yml:1: "),
    "no rules": (CORRELATION.split("---")[0].replace("[one]", "[]"), "rule.yml:3: the correlation names no rule"),
    "type": (CORRELATION.replace("event_count", "[event_count]"), "rule.yml:2: the type is not a text"),
    "timespan": (CORRELATION.replace("10m", "[10m]"), "rule.yml:5: a list is no timespan such as 10m"),
    "bound": (CORRELATION.replace("gte: 3", "gte: [3]"), "rule.yml:6: a list is not a number from 1 on"),
    "surrogate": ("a: \ud800", "rule.yml:1: "),
    "null byte": ("a: \0", "rule.yml:1: unacceptable character"),
}  # fmt: skip


@pytest.mark.parametrize("slow", [False, True], ids=["libyaml", "python"])
@pytest.mark.parametrize(("text", "says"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_one_short_line(text, says, slow, monkeypatch):
    if slow:
        monkeypatch.setattr(places, "LOADER", SafeLoader)
    with pytest.raises(DetectionError) as error:
        read(text, "rule.yml", "rules.rule")
    assert str(error.value).startswith(says)
    assert len(str(error.value).splitlines()) == 1
    assert len(str(error.value)) < 250
    assert "Place(" not in str(error.value)


def test_what_is_as_deep_as_may_be_is_read():
    text = "[" * DEEPEST + "]" * DEEPEST
    assert len(list(places.documents(text, "rule.yml"))) == 1


def test_of_a_file_too_large_no_more_is_read_than_says_so(tmp_path):
    (tmp_path / "one.yml").write_text("#" * (LARGEST * 3))
    with pytest.raises(DetectionError, match=r"one\.yml:1: the file is longer than 1000000 characters"):
        user_detections(tmp_path)


def reads_or_says_why(text):
    try:
        found = read(text, "rule.yml", "rules.rule")
    except DetectionError as error:
        assert str(error).startswith("rule.yml:")  # noqa: PT017
        assert len(str(error).splitlines()) == 1  # noqa: PT017
    else:
        Engine(found)


PIECES = st.sampled_from(
    ["!!int ", "!!set ", "&a ", "*a", "? ", "- ", ": ", "[", "]", "{", "}", "|\n ", ">", "'", '"', "\n", "---\n", "%YAML 1.1\n",
     "1:30", "0x", ".inf", "1e9", "~", "<<", "=", "yes", "2026-01-01", "0001-01-01T00:00:00+09:00", "title", "a|re: "]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES | st.text(max_size=3)).map("".join)))
@example("=: =")
@example("a: =")
@example("a: <<")
def test_any_text_is_read_or_says_why_not(text):
    reads_or_says_why(text)
    reads_or_says_why(rule(selection(f"a: {text}")))
    reads_or_says_why(HEAD + text)


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=5
)
WHOLE: dict[str, Any] = {
    "title": "x", "id": "x", "name": "one", "level": "low", "status": "test", "tags": ["attack.impact"], "custom": {"playbook": "x"},
    "logsource": {"product": "aws", "service": "cloudtrail"}, "falsepositives": ["x"],
    "detection": {"one": {"a": "x"}, "condition": "one"},
}  # fmt: skip
MODIFIERS = [
    "",
    "|re",
    "|re|i",
    "|cidr",
    "|contains",
    "|contains|all",
    "|exists",
    "|gte",
    "|fieldref",
    "|startswith|cased",
]
JOINED = {
    "type": "value_count",
    "rules": ["one"],
    "group-by": ["a"],
    "timespan": "1m",
    "condition": {"gte": 2, "field": "b"},
}


@given(st.sampled_from(sorted(WHOLE)), VALUES)
def test_any_value_of_a_key_is_read_or_says_why_not(key, value):
    reads_or_says_why(json.dumps({**WHOLE, key: value}))
    inner = WHOLE[key] if isinstance(WHOLE[key], dict) else {}
    for member in inner:
        reads_or_says_why(json.dumps({**WHOLE, key: {**inner, member: value}}))


@given(st.sampled_from(MODIFIERS), VALUES)
@example("|re", "(?L)a")
@example("|gte", 10**99)
def test_any_value_of_a_field_is_read_or_says_why_not(modifiers, value):
    detection = {"one": {f"a{modifiers}": value}, "condition": "one"}
    reads_or_says_why(json.dumps({**WHOLE, "detection": detection}))


@given(st.sampled_from(sorted(JOINED)), VALUES)
def test_any_value_of_a_correlation_is_read_or_says_why_not(key, value):
    correlation = {"title": "x", "level": "low", "correlation": {**JOINED, key: value}}
    reads_or_says_why(f"{json.dumps(correlation)}\n---\n{json.dumps(WHOLE)}")
