import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.inventory.filter_pattern import matcher

EVENT = {
    "eventName": "ConsoleLogin",
    "eventSource": "signin.amazonaws.com",
    "errorCode": "Client.UnauthorizedOperation",
    "sourceIPAddress": "123.123.4.5",
    "additionalEventData": {"MFAUsed": "No"},
    "userIdentity": {"type": "Root", "sessionContext": None},
    "bytes": 1500,
    "quoted": 'a "b"',
    "readOnly": False,
    "resources": [{"type": "AWS::S3::Object"}, {"type": "AWS::S3::Bucket"}],
    "key.with.dots": "x",
}


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        '{ $.eventName = "ConsoleLogin" }',
        "{ $.eventName = ConsoleLogin }",
        "{$.eventName=Console*}",
        '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
        '{ $.eventName = "Nothing" || $.bytes > 1000 }',
        '{ $.eventName = "Nothing" && $.bytes > 1 || $.readOnly IS FALSE }',
        "{ $.eventName = Nothing || ($.bytes >= 1500 && $.bytes <= 1500) }",
        '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
        "{ $.userIdentity.invokedBy NOT EXISTS }",
        "{ $.userIdentity.sessionContext IS NULL }",
        "{ $.readOnly = false }",
        "{ $.bytes = 15* }",
        "{ $.bytes = 1500 }",
        "{ $.sourceIPAddress != 10.* }",
        "{ $.sourceIPAddress = %^123\\.123\\.% }",
        '{ $.resources[1].type = "AWS::S3::Bucket" }',
        "{ $.['key.with.dots'] = x }",
        "{ $['key.with.dots'] EXISTS }",
        r'{ $.quoted = "a \"b\"" }',
        '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" || $.bytes < 2000 }',
    ],
)
def test_matches(pattern):
    assert matcher(pattern)(EVENT)


@pytest.mark.parametrize(
    "pattern",
    [
        '{ $.eventName = "consolelogin" }',
        '{ $.eventName = "Console" }',
        "{ $.eventName != ConsoleLogin }",
        '{ $.nothing = "*" }',
        '{ $.nothing != "x" }',
        "{ $.nothing IS NULL }",
        "{ $.userIdentity NOT EXISTS }",
        '{ $.userIdentity = "*" }',
        "{ $.eventName > 5 }",
        "{ $.readOnly > 0 }",
        "{ $.readOnly IS TRUE }",
        "{ $.resources[7].type = AWS* }",
        '{ $.eventName = "ConsoleLogin" && ($.bytes > 9000 || $.bytes < 10) }',
    ],
)
def test_does_not_match(pattern):
    assert not matcher(pattern)(EVENT)


@pytest.mark.parametrize(
    "pattern",
    [
        "ERROR",
        "[ip, user, ...]",
        "{ }",
        "{ eventName = x }",
        "{ $.eventName }",
        "{ $.eventName = }",
        "{ $.eventName = x",
        "{ ($.eventName = x }",
        "{ $.eventName = x } }",
        "{ $.eventName IS MAYBE }",
        "{ $.bytes > many }",
        "{ $.eventName = %(% }",
        "{ $.eventName == x }",
        "{ $.eventName = x $.a = b }",
        "{" + "(" * 5000 + "$.a = b" + ")" * 5000 + "}",
    ],
)
def test_what_cannot_be_read_is_said(pattern):
    with pytest.raises(ValueError, match=r"pattern|property|value|due|convert|regular"):
        matcher(pattern)


@given(st.text(max_size=60) | st.text('{}()$.=!<>&|"%*[] aNOT EXISTS', max_size=60).map("{{{}}}".format))
def test_any_text_is_a_pattern_or_a_value_error(text):
    try:
        found = matcher(text)
    except ValueError:
        return
    assert found(EVENT) in {True, False}


@given(st.text(min_size=1, max_size=20))
def test_a_quoted_text_matches_itself(text):
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    assert matcher(f'{{ $.a = "{quoted}" }}')({"a": text.replace("*", "anything")})
