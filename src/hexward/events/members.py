"""Which fields the records of a log have, and those within them, as far as AWS lists them: a rule that asks for another never matches."""

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
WITHIN_CLOUDTRAIL: Mapping[str, str] = {
    "userIdentity": "type userName principalId arn accountId accessKeyId sessionContext invokedBy invokedByDelegate onBehalfOf inScopeOf "
    "credentialId identityProvider",
    "userIdentity.sessionContext": "sessionIssuer webIdFederationData assumedRoot signInSessionArn attributes sourceIdentity "
    "ec2RoleDelivery ec2IssuedInVpc",
    "userIdentity.sessionContext.sessionIssuer": "type userName principalId arn accountId",
    "userIdentity.sessionContext.webIdFederationData": "federatedProvider attributes",
    "userIdentity.sessionContext.attributes": "creationDate mfaAuthenticated",
    "userIdentity.invokedByDelegate": "accountId",
    "userIdentity.onBehalfOf": "userId identityStoreArn",
    "userIdentity.inScopeOf": "sourceArn sourceAccount issuerType credentialsIssuedTo credentialsIssuedToVersion",
    "resources": "ARN ARNPrefix accountId type",
    "addendum": "reason updatedFields originalRequestID originalEventID",
    "eventContext": "requestContext tagContext",
    "tlsDetails": "tlsVersion cipherSuite clientProvidedHostHeader keyExchange",
}
"""What is not here, such as requestParameters, holds whatever the service writes.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html lists those of userIdentity, but
for credentialsIssuedToVersion, which records have all the same, as some have ARNPrefix, and ec2IssuedInVpc, which tables for them name.
"""
OF_GUARDDUTY = (
    "accountId arn associatedAttackSequenceArn confidence createdAt description id partition region resource schemaVersion service "
    "severity title type updatedAt"
)
"""https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html"""
MEMBERS: Mapping[Log, Mapping[str, frozenset[str]]] = {
    Log.CLOUDTRAIL: {
        path: frozenset(names.split()) for path, names in {"": OF_CLOUDTRAIL, **WITHIN_CLOUDTRAIL}.items()
    },
    Log.GUARDDUTY: {"": frozenset(OF_GUARDDUTY.split())},
    Log.S3_ACCESS: {"": frozenset(OF_S3_ACCESS)},
}
"""By the path of what they are within, which is empty for the outermost; a log that is not here has others, by its settings or its time."""
