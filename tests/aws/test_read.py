"""Reading gives what AWS said, and a gap for what it did not; it never raises for a refusal."""

from collections.abc import Iterator, Mapping
from typing import Any

import botocore.exceptions as errors
import pytest
from botocore.parsers import ResponseParserError

from hexward.aws import Reader
from hexward.model import Reason
from tests.aws.recorded import Recorded, WrongAnswerError, error
from tests.build import ACCOUNT

REGION = "us-east-1"


def raising(*steps: dict[str, Any] | Exception) -> Reader:
    def pages(service: str, operation: str, region: str, arguments: Mapping[str, object]) -> Iterator[dict[str, Any]]:
        del service, operation, region, arguments
        for step in steps:
            if isinstance(step, Exception):
                raise step
            yield step

    return Reader(pages, ACCOUNT)


def test_merges_the_lists_of_all_pages():
    pages = [
        {"Keys": [{"KeyId": "a"}], "Truncated": True, "NextMarker": "m"},
        {"Keys": [{"KeyId": "b"}, {"KeyId": "c"}], "Truncated": False},
    ]
    reader = Reader(Recorded({"kms:ListKeys": pages}), ACCOUNT)
    answer = reader.read("kms", "ListKeys", REGION)
    assert [key["KeyId"] for key in answer.data["Keys"]] == ["a", "b", "c"]
    assert answer.gap is None
    assert reader.calls["kms:ListKeys"] == 2


def test_merges_lists_that_only_later_pages_have():
    answer = raising({"Users": [1]}, {"Groups": [2]}, {"Users": [3], "Groups": [4]}).read("iam", "X", REGION)
    assert answer.data == {"Users": [1, 3], "Groups": [2, 4]}


def test_keeps_only_the_members_that_are_asked_for_and_what_is_no_structure():
    pages: list[dict[str, Any]] = [{"Findings": [{"Id": 1, "Text": "long"}, "odd"]}, {"Findings": [{"Text": "long"}]}]
    assert raising(*pages).read("securityhub", "X", REGION, members=("Id",)).data == {
        "Findings": [{"Id": 1}, "odd", {}]
    }


def test_leaves_the_pages_as_they_were():
    pages = [{"Keys": [1]}, {"Keys": [2]}]
    assert raising(*pages).read("kms", "ListKeys", REGION).data == {"Keys": [1, 2]}
    assert pages == [{"Keys": [1]}, {"Keys": [2]}]


def test_leaves_out_what_botocore_adds():
    assert raising({"Keys": [], "ResponseMetadata": {}}).read("kms", "ListKeys", REGION).data == {"Keys": []}


def test_what_is_said_to_mean_absence_does():
    answer = raising(error("NoSuchBucketPolicy", 404)).read(
        "s3", "GetBucketPolicy", REGION, absent=("NoSuchBucketPolicy",), Bucket="b"
    )
    assert (answer.data, answer.gap, answer.absent) == ({}, None, "NoSuchBucketPolicy")


def test_a_list_that_breaks_off_is_not_absent():
    pages = ({"Findings": [1]}, error("InvalidAccessException", 401))
    answer = raising(*pages).read("securityhub", "GetFindings", REGION, absent=("InvalidAccessException",))
    assert (answer.data, answer.absent) == ({"Findings": [1]}, "")
    assert answer.gap is not None


def test_nothing_else_does():
    answer = raising(error("NoSuchBucket", 404)).read(
        "s3", "GetBucketPolicy", REGION, absent=("NoSuchBucketPolicy",), Bucket="b"
    )
    assert answer.absent == ""
    assert answer.gap is not None
    assert answer.gap.reason is Reason.GONE


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (error("AccessDenied", 403), Reason.DENIED),
        (error("UnauthorizedOperation", 403), Reason.DENIED),
        (error("AMadeUpRefusal", 403), Reason.DENIED),
        (error("AnotherRefusal", 401), Reason.DENIED),
        (error("ExpiredTokenException", 403), Reason.EXPIRED),
        (error("Throttling"), Reason.THROTTLED),
        (error("SlowDown", 503), Reason.THROTTLED),
        (error("OptInRequired", 403), Reason.REGION_DISABLED),
        (error("InvalidClientTokenId", 403), Reason.REGION_DISABLED),
        (error("UnknownOperationException"), Reason.UNSUPPORTED),
        (error("NoSuchThing", 404), Reason.GONE),
        (error("ThingNotFoundException"), Reason.GONE),
        (error("ValidationException"), Reason.FAILED),
        (error(""), Reason.FAILED),
        (errors.ClientError({}, "X"), Reason.FAILED),
        (errors.ReadTimeoutError(endpoint_url="u"), Reason.TIMED_OUT),
        (errors.ConnectTimeoutError(endpoint_url="u"), Reason.TIMED_OUT),
        (errors.EndpointConnectionError(endpoint_url="u"), Reason.UNREACHABLE),
        (errors.ConnectionClosedError(endpoint_url="u"), Reason.UNREACHABLE),
        (errors.SSLError(endpoint_url="u", error=OSError("e")), Reason.UNREACHABLE),
        (errors.ProxyConnectionError(proxy_url="u"), Reason.UNREACHABLE),
        (errors.NoCredentialsError(), Reason.EXPIRED),
        (errors.UnauthorizedSSOTokenError(), Reason.EXPIRED),
        (errors.TokenRetrievalError(provider="sso", error_msg="e"), Reason.EXPIRED),
        (errors.PaginationError(message="m"), Reason.MALFORMED),
        (ResponseParserError("no XML"), Reason.MALFORMED),
        (errors.ParamValidationError(report="r"), Reason.MALFORMED),
        (errors.UnknownServiceError(service_name="s", known_service_names="n"), Reason.UNREACHABLE),
    ],
    ids=lambda value: "" if isinstance(value, Reason) else str(value)[:60],
)
def test_whatever_goes_wrong_has_its_reason(failure, reason):
    answer = raising({"Keys": [1]}, failure).read("kms", "ListKeys", REGION)
    assert answer.gap is not None
    assert answer.gap.reason is reason
    assert answer.data == {"Keys": [1]}
    assert "\n" not in answer.gap.detail


def test_a_gap_names_the_call_the_action_the_place_and_the_thing():
    answer = raising(error("AccessDenied", 403)).read("s3", "GetBucketEncryption", REGION, Bucket="train")
    gap = answer.gap
    assert gap is not None
    assert (gap.call, gap.action) == ("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration")
    assert (gap.account, gap.region, gap.resource) == (ACCOUNT, REGION, "train")
    assert str(gap) == "s3:GetBucketEncryption in us-east-1: denied (needs s3:GetEncryptionConfiguration)"


def test_the_account_itself_is_no_resource():
    answer = raising(error("AccessDenied", 403)).read("s3control", "GetPublicAccessBlock", REGION, AccountId=ACCOUNT)
    assert answer.gap is not None
    assert (answer.gap.resource, answer.gap.action) == ("", "s3:GetAccountPublicAccessBlock")


@pytest.mark.parametrize(
    "pages", [({"Keys": [1]}, {"Keys": {}}), ({"Keys": {}}, {"Keys": [1]}), ({"Keys": None}, {"Keys": [1]})]
)
def test_pages_that_do_not_fit_together_are_malformed(pages):
    answer = raising(*pages).read("kms", "ListKeys", REGION)
    assert answer.gap is not None
    assert answer.gap.reason is Reason.MALFORMED


@pytest.mark.parametrize(
    "answer", [{"Keyz": []}, {"Keys": {}}, {"Keys": ["a"]}, {"Keys": [{"KeyId": 1}]}, {"Truncated": "yes"}]
)
def test_the_fake_gives_only_what_aws_could(answer):
    with pytest.raises(WrongAnswerError, match="kms:ListKeys"):
        Reader(Recorded({"kms:ListKeys": answer})).read("kms", "ListKeys", REGION)
