"""Which logs there are, and which of their events must be turned on for a detection to see anything."""

from collections.abc import Mapping
from enum import StrEnum


class Log(StrEnum):
    """A kind of log, by the word that Sigma rules have for it in `logsource: {product: aws, service: …}`."""

    CLOUDTRAIL = "cloudtrail"
    GUARDDUTY = "guardduty"
    VPC_FLOW = "vpcflow"
    DNS = "route53resolver"
    WAF = "waf"
    INVOCATIONS = "bedrock"
    S3_ACCESS = "s3access"


class DataSource(StrEnum):
    """What a detection needs to be logged; without it the detection is blind.

    CloudTrail records management events by default, and data events only for the resource types that a trail selects:
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html.
    """

    CLOUDTRAIL = "cloudtrail"
    S3_DATA = "cloudtrail.s3"
    LAMBDA_DATA = "cloudtrail.lambda"
    SAGEMAKER_DATA = "cloudtrail.sagemaker"
    BEDROCK_DATA = "cloudtrail.bedrock"
    GUARDDUTY = "guardduty"
    VPC_FLOW = "vpcflow"
    DNS = "route53resolver"
    WAF = "waf"
    INVOCATIONS = "bedrock"
    S3_ACCESS = "s3access"

    @property
    def log(self) -> Log:
        """Return the log that it is a part of."""
        return Log(self.value.partition(".")[0])


_OBJECTS = (
    "GetObject HeadObject PutObject DeleteObject DeleteObjects CopyObject SelectObjectContent RestoreObject GetObjectAcl "
    "PutObjectAcl GetObjectAttributes GetObjectTagging PutObjectTagging DeleteObjectTagging ListParts UploadPart "
    "UploadPartCopy CreateMultipartUpload CompleteMultipartUpload AbortMultipartUpload ListObjects ListObjectsV2 ListObjectVersions"
)
_AGENTS = "InvokeAgent InvokeInlineAgent InvokeFlow Retrieve RetrieveAndGenerate ApplyGuardrail RenderPrompt"

DATA_EVENTS: Mapping[str, tuple[DataSource, frozenset[str]]] = {
    "s3.amazonaws.com": (DataSource.S3_DATA, frozenset(_OBJECTS.split())),
    "lambda.amazonaws.com": (DataSource.LAMBDA_DATA, frozenset({"Invoke"})),
    "sagemaker.amazonaws.com": (
        DataSource.SAGEMAKER_DATA,
        frozenset({"InvokeEndpoint", "InvokeEndpointAsync", "PutRecord"}),
    ),
    "bedrock.amazonaws.com": (DataSource.BEDROCK_DATA, frozenset(_AGENTS.split())),
}
"""The calls that only a trail with data events records, by eventSource. Model invocations are management events."""


def data_source(event_source: str, event_name: str) -> DataSource:
    """Return what had to be turned on for a CloudTrail event to be recorded."""
    source, names = DATA_EVENTS.get(event_source, (DataSource.CLOUDTRAIL, frozenset()))
    return source if event_name in names else DataSource.CLOUDTRAIL
