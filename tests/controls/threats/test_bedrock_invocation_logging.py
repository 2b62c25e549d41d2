import pytest

from hexward.controls.threats.bedrock_invocation_logging import bedrock_invocation_logging
from hexward.inventory import BedrockRegion
from hexward.inventory.bedrock import InvocationLogging, LogBucket, LogGroup
from hexward.model import Status
from tests.build import inventory, judge, seen

BUCKET = LogBucket("invocations")
WHOLE = InvocationLogging(s3_config=BUCKET, text_data_delivery_enabled=True)

PASS = inventory(seen(BedrockRegion, logging=WHOLE))
FAIL = inventory(seen(BedrockRegion, logging=None))


@pytest.mark.parametrize(
    ("logging", "status"),
    [
        (WHOLE, Status.PASS),
        (InvocationLogging(cloud_watch_config=LogGroup("invocations"), text_data_delivery_enabled=True), Status.PASS),
        (InvocationLogging(s3_config=BUCKET, text_data_delivery_enabled=False), Status.FAIL),
        (InvocationLogging(text_data_delivery_enabled=True), Status.FAIL),
        (InvocationLogging(s3_config=BUCKET), Status.UNKNOWN),
        (InvocationLogging(), Status.FAIL),
    ],
)
def test_a_log_needs_a_place_and_the_text(logging, status):
    assert judge(bedrock_invocation_logging, seen(BedrockRegion, logging=logging)).status is status


def test_names_the_region():
    verdict = judge(bedrock_invocation_logging, seen(BedrockRegion, region="eu-west-3", logging=None))
    assert [fault.says for fault in verdict.faults] == ["invocations of models are not logged in eu-west-3"]
