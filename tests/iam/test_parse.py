"""Policy documents: what is refused, where, and that nothing else than a PolicyError ever comes out."""

import contextlib
import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.iam import Policies, PolicyError, Request, Verdict, decide
from hexward.iam.document import LARGEST
from hexward.iam.parse import parse
from hexward.iam.policy import Layer
from hexward.model import HexwardError
from tests.iam.build import OBJECT, USER, allow, policy, to

GOOD = allow("s3:GetObject")


def refused(document, layer=Layer.IDENTITY):
    with pytest.raises(PolicyError) as caught:
        parse(document, layer)
    assert isinstance(caught.value, HexwardError)
    return caught.value.place


DOCUMENTS: list[tuple[object, str]] = [
    ([], "document"),
    ({}, "document"),
    (None, "document"),
    (7, "document"),
    (b"{}", "document"),
    ({"Statement": {1, 2}}, "document"),
    ({"Statement": [GOOD], "Version": "2012-10-18"}, "Version"),
    ({"Statement": [GOOD], "Version": 2012}, "Version"),
    ({"Statement": [GOOD], "Version": None}, "Version"),
    ({"Statement": [GOOD], "Version": ["2012-10-17"]}, "Version"),
    ({"Statement": [GOOD], "Id": 1}, "Id"),
    ({"Statement": [GOOD], "Rules": []}, "document"),
    ({"statement": [GOOD]}, "document"),
    ({"Statement": []}, "Statement"),
    ({"Statement": "Allow"}, "Statement"),
    ({"Statement": [GOOD, []]}, "Statement[1]"),
    ({"Statement": [GOOD, None]}, "Statement[1]"),
]


@pytest.mark.parametrize(("document", "place"), DOCUMENTS, ids=str)
def test_a_document_that_is_none_is_refused_with_its_place(document, place):
    assert refused(document) == place


STATEMENTS = [
    (allow(Effect=None), "Effect"),
    (allow(Effect="allow"), "Effect"),
    (allow(Effect=["Allow"]), "Effect"),
    (allow(Sid=1), "Sid"),
    (allow(Color="red"), ""),
    (allow(action=None), ""),
    (allow(NotAction="s3:*"), ""),
    (allow(action=None, NotAction=[]), "NotAction"),
    (allow(action=["s3:*", []]), "Action[1]"),
    (allow(action=["s3:*", 1]), "Action[1]"),
    (allow(action={"a": 1}), "Action"),
    (allow(action="GetObject"), "Action"),
    (allow(action="s3:Get:Object"), "Action"),
    (allow(action="s3:"), "Action"),
    (allow(action=""), "Action"),
    (allow(action="s3:Get Object"), "Action"),
    (allow(action="s3:${aws:username}"), "Action"),
    (allow(resource=None), ""),
    (allow(NotResource="*"), ""),
    (allow(resource=None, NotResource=[]), "NotResource"),
    (allow(resource="weights"), "Resource"),
    (allow(resource="arn"), "Resource"),
    (allow(resource="arn::s3:::weights"), "Resource"),
    (allow(resource="arn:azure:s3:::weights"), "Resource"),
    (allow(resource="*:aws:s3:::weights"), "Resource"),
    (allow(resource="*weights"), "Resource"),
    (allow(resource="arn:aws:s3:::${aws:username"), "Resource"),
    (allow(resource="arn:aws:s3:::${}"), "Resource"),
    (allow(Principal="*"), "Principal"),
    (allow(NotPrincipal="*"), "NotPrincipal"),
    (allow(Condition=[]), "Condition"),
    (allow(Condition={"StringLike": "a"}), "Condition.StringLike"),
    (allow(Condition={"StringLike": {"aws:x": {"a": 1}}}), "Condition.StringLike.aws:x"),
    (allow(Condition={"StringLike": {"aws:x": None}}), "Condition.StringLike.aws:x"),
    (allow(Condition={"StringLikes": {"aws:x": "a"}}), "Condition.StringLikes.aws:x"),
    (allow(Condition={"StringLike": {"aws:x": "a", "AWS:X": "b"}}), "Condition.StringLike"),
    (allow(Condition={"NumericLessThan": {"aws:x": ["1", "two"]}}), "Condition.NumericLessThan.aws:x"),
]


@pytest.mark.parametrize(("statement", "place"), STATEMENTS, ids=str)
def test_a_malformed_statement_is_refused_with_its_place(statement, place):
    assert refused(policy(GOOD, GOOD, statement)) == f"Statement[2].{place}".rstrip(".")
    assert refused(json.dumps(policy(GOOD, GOOD, statement))) == f"Statement[2].{place}".rstrip(".")


PRINCIPALS: list[tuple[object, str]] = [
    (None, ""),
    ("arn:aws:iam::111111111111:root", "Principal"),
    ([], "Principal"),
    ({"aws": "*"}, "Principal"),
    ({"AWS": 111111111111}, "Principal.AWS"),
    (to("alice"), "Principal"),
    (to(""), "Principal"),
    (to("arn:aws:iam::111111111111:role/*"), "Principal"),
    (to("arn:aws:iam::111111111111:group/all"), "Principal"),
    (to("arn:aws:s3:::weights"), "Principal"),
    (to("arn:aws:iam::12:root"), "Principal"),
    (to("arn:aws:iam::abc:role/train"), "Principal"),
    (to("arn:aws:sts:::assumed-role/train/job"), "Principal"),
    (to("arn:aws:sts::111111111111:assumed-role/train"), "Principal"),
    ({"Service": "*.amazonaws.com"}, "Principal"),
    ({"Service": "*"}, "Principal"),
    ({"AWS": "*", "Service": ["s3.amazonaws.com", "*"]}, "Principal"),
    ({"Federated": "*"}, "Principal"),
]


@pytest.mark.parametrize(("principal", "place"), PRINCIPALS, ids=str)
def test_a_malformed_principal_is_refused_with_its_place(principal, place):
    assert refused(policy(allow(Principal=principal)), Layer.RESOURCE) == f"Statement[0].{place}".rstrip(".")


@pytest.mark.parametrize("named", [{}, {"AWS": []}, {"Service": [], "AWS": []}])
@pytest.mark.parametrize("effect", ["Allow", "Deny"])
def test_a_statement_with_an_empty_list_does_not_affect_the_policy(effect, named):
    empty = [allow(action=[], Principal="*"), allow(resource=[], Principal="*"), allow(Principal=named)]
    found = parse(policy(*({**one, "Effect": effect} for one in empty), allow(Principal="*")), Layer.RESOURCE)
    assert [one.at for one in found.statements] == [3]


@pytest.mark.parametrize(
    "principal",
    [
        "AROAEXAMPLEEXAMPLE123",
        "AIDAEXAMPLEEXAMPLE123",
        "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
    ],
)
def test_what_aws_shows_for_a_principal_is_one(principal):
    assert parse(policy(allow(Principal=to(principal))), Layer.RESOURCE).statements


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "line 1 column 1"),
        ('{\n  "Version": }', "line 2 column 14"),
        ('{"Statement": [{}]} x', "line 1 column 21"),
        ('{"Statement": NaN}', "document"),
        ('{"Statement": [], "Statement": []}', "document"),
        ('{"Statement": {"Effect": "Deny", "Effect": "Allow"}}', "Statement"),
        ('{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"a:b": "true"}, "Bool": {}}}}',
         "Statement.Condition"),
        ("[" * 100_000, "document"),
        ('{"a":' * 100_000, "document"),
        (" " * (LARGEST + 1), "document"),
    ],
    ids=["empty", "syntax", "trailing", "nan", "twice", "effect twice", "operator twice", "deep list", "deep object", "large"],
)  # fmt: skip
def test_json_that_is_none_is_refused_with_line_and_column(text, place):
    assert refused(text) == place


def test_a_structure_nested_too_deeply_is_refused():
    deep: dict[str, object] = {}
    for _ in range(100_000):
        deep = {"a": deep}
    assert refused(deep) == "document"
    looped: dict[str, object] = {}
    looped["Statement"] = looped
    assert refused(looped) == "document"


def test_a_large_document_is_read_in_a_wink():
    large = policy(*(allow(f"s3:Action{at}", f"arn:aws:s3:::bucket-{at}/*") for at in range(8_000)))
    assert len(parse(large, Layer.IDENTITY).statements) == 8_000


def test_numbers_and_truth_values_may_stand_without_quotation_marks():
    ten = policy(allow(Condition={"NumericLessThan": {"s3:max-keys": 10.50}, "Bool": {"aws:SecureTransport": True}}))
    compiled = parse(ten, Layer.IDENTITY).statements[0].conditions
    assert [condition.values for condition in compiled] == [("10.5",), ("true",)]


def test_a_hostile_pattern_is_matched_in_linear_time():
    pattern = "arn:aws:s3:::" + "*a" * 500 + "b"
    request = Request(USER, "s3:GetObject", "arn:aws:s3:::" + "a" * 5_000)
    assert (
        decide(request, Policies(identity=(policy(allow("s3:" + "*e" * 500, pattern)),))).verdict
        is Verdict.IMPLICITLY_DENIED
    )


def test_equal_texts_are_compiled_once():
    text = json.dumps(policy(allow("s3:GetObject", Sid="compiledOnce")))
    assert parse(text, Layer.IDENTITY) is parse(text, Layer.IDENTITY)
    assert parse(json.loads(text), Layer.IDENTITY) is parse(json.loads(text), Layer.IDENTITY)


WORDS = ["Version", "Statement", "Effect", "Action", "NotAction", "Resource", "Principal", "Condition", "Sid", "AWS",
         "Allow", "Deny", "2012-10-17", "*", "s3:*", "arn:aws:s3:::a/${aws:x}", "StringLike", "Null", "aws:x", "${", "10"]  # fmt: skip
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(WORDS)
)
KEYS = st.sampled_from(WORDS) | st.text(max_size=5)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=20
)
ELEMENTS = st.fixed_dictionaries(
    {"Effect": st.just("Allow") | JSON, "Action": st.just("s3:*") | JSON, "Resource": st.just("*") | JSON},
    optional={
        "Condition": st.dictionaries(KEYS, st.dictionaries(KEYS, JSON, max_size=2) | JSON, max_size=2),
        "Principal": JSON,
    },
)
ALMOST = st.fixed_dictionaries({"Statement": ELEMENTS | st.lists(ELEMENTS, max_size=3)}, optional={"Version": LEAVES})


@given(JSON | ALMOST, st.sampled_from([layer for layer in Layer if layer is not Layer.NONE]))
def test_arbitrary_json_is_a_policy_or_a_policy_error(document, layer):
    for given_as in (document, json.dumps(document)):
        with contextlib.suppress(PolicyError):
            assert parse(given_as, layer).layer is layer


@given(st.text(alphabet=string.printable, max_size=60))
def test_arbitrary_text_is_refused(text):
    with pytest.raises(PolicyError):
        parse(text, Layer.IDENTITY)


@given(ALMOST)
def test_a_document_that_is_read_can_be_asked(document):
    try:
        verdict = decide(Request(USER, "s3:GetObject", OBJECT), Policies(identity=(document,))).verdict
    except PolicyError:
        return
    assert verdict in set(Verdict)
