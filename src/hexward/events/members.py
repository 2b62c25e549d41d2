"""Which fields the records of a log have, as far as AWS lists them: a rule that asks for another one never matches."""

from collections.abc import Mapping

from hexward.events.log import Log
from hexward.events.s3_access import FIELDS as OF_S3_ACCESS

OF_CLOUDTRAIL = (
    "eventTime eventVersion userIdentity eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage "
    "requestParameters responseElements additionalEventData requestID eventID eventType apiVersion managementEvent readOnly resources "
    "recipientAccountId serviceEventDetails sharedEventID vpcEndpointId vpcEndpointAccountId eventCategory addendum "
    "sessionCredentialFromConsole eventContext edgeDeviceDetails tlsDetails insightDetails"
)
"""https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html"""
OF_GUARDDUTY = (
    "accountId arn associatedAttackSequenceArn confidence createdAt description id partition region resource schemaVersion service "
    "severity title type updatedAt"
)
"""https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html"""
MEMBERS: Mapping[Log, frozenset[str]] = {
    Log.CLOUDTRAIL: frozenset(OF_CLOUDTRAIL.split()),
    Log.GUARDDUTY: frozenset(OF_GUARDDUTY.split()),
    Log.S3_ACCESS: frozenset(OF_S3_ACCESS),
}
"""The outermost fields; a log that is not here has others, by its settings or its time."""
