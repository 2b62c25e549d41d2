"""What raises an alarm in each region: which calls somebody is told of, by a metric filter with an alarm or by a rule of EventBridge."""

from collections.abc import Iterable, Mapping
from typing import Any

from hexward.controls.routing import tells
from hexward.inventory import (
    CloudTrailRegion,
    Derived,
    EventRule,
    Inventory,
    Listing,
    MetricAlarm,
    MetricFilter,
    NotCollected,
    Record,
    Trail,
)
from hexward.inventory.logs import group_of
from hexward.inventory.record import exists, record, some_is
from hexward.inventory.region import home_of, within
from hexward.model import Gap, Reason

type Event = Mapping[str, Any]
"""A call as CloudTrail writes it; https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html."""


def called(service: str, name: str, **more: object) -> Event:
    """Return the event of a call that an IAM user made."""
    told = {
        "eventVersion": "1.11",
        "eventType": "AwsApiCall",
        "eventCategory": "Management",
        "eventSource": f"{service}.amazonaws.com",
        "eventName": name,
        "readOnly": False,
        "managementEvent": True,
        "sourceIPAddress": "198.51.100.7",
        "userAgent": "aws-cli",
        "userIdentity": {"type": "IAMUser", "userName": "someone", "sessionContext": {"attributes": {}}},
        "requestParameters": {},
    }
    return {**told, **more}


def calls(service: str, names: str) -> tuple[Event, ...]:
    """Return the events of several calls of one service."""
    return tuple(called(service, name) for name in names.split())


def signed_in(**more: object) -> Event:
    """Return the event of somebody who signs in to the console."""
    return called("signin", "ConsoleLogin", eventType="AwsConsoleSignIn", **more)


ROOT = {"type": "Root", "arn": "arn:aws:iam::000000000000:root"}

CHANGES: Mapping[str, tuple[Event, ...]] = {
    "use of the root user": (called("s3", "PutBucketPolicy", userIdentity=ROOT),),
    "refused calls": (
        called("iam", "CreateUser", errorCode="AccessDenied"),
        called("ec2", "RunInstances", errorCode="Client.UnauthorizedOperation"),
    ),
    "sign-ins without a second factor": (
        signed_in(additionalEventData={"MFAUsed": "No"}, responseElements={"ConsoleLogin": "Success"}),
    ),
    "failed sign-ins": (signed_in(errorMessage="Failed authentication", responseElements={"ConsoleLogin": "Failure"}),),
    "changes of IAM policies": calls(
        "iam",
        "AttachUserPolicy AttachRolePolicy AttachGroupPolicy PutUserPolicy PutRolePolicy PutGroupPolicy CreatePolicy "
        "CreatePolicyVersion DetachRolePolicy DeleteRolePolicy",
    ),
    "changes of trails": calls("cloudtrail", "StopLogging DeleteTrail UpdateTrail"),
    "keys disabled or scheduled for deletion": calls("kms", "DisableKey ScheduleKeyDeletion"),
    "changes of bucket policies": calls("s3", "PutBucketPolicy DeleteBucketPolicy PutBucketAcl"),
    "changes of AWS Config": calls("config", "StopConfigurationRecorder DeleteDeliveryChannel"),
    "changes of security groups": calls("ec2", "AuthorizeSecurityGroupIngress CreateSecurityGroup"),
    "changes of network ACLs": calls("ec2", "CreateNetworkAclEntry ReplaceNetworkAclEntry"),
    "changes of gateways": calls("ec2", "CreateInternetGateway AttachInternetGateway"),
    "changes of routes": calls("ec2", "CreateRoute ReplaceRoute"),
    "changes of VPCs": calls("ec2", "CreateVpc CreateVpcPeeringConnection"),
}
"""Calls that every account's owner should hear of, by what they are; each class is heard of if all of its calls are."""

AI_CHANGES: Mapping[str, tuple[Event, ...]] = {
    "invocation logging turned off or redirected": calls(
        "bedrock", "DeleteModelInvocationLoggingConfiguration PutModelInvocationLoggingConfiguration"
    ),
    "guardrails deleted or changed": calls("bedrock", "DeleteGuardrail UpdateGuardrail"),
    "GuardDuty turned off": calls("guardduty", "UpdateDetector DeleteDetector"),
    "trails stopped": calls("cloudtrail", "StopLogging DeleteTrail"),
    "logs deleted": calls("logs", "DeleteLogGroup DeleteLogStream"),
    "links into notebooks": calls("sagemaker", "CreatePresignedNotebookInstanceUrl CreatePresignedDomainUrl"),
}
"""Calls by which intruders blind whoever watches AI workloads, or walk into them."""

GLOBAL_SERVICES = frozenset({"iam"})
"""Services of `CHANGES` whose calls come up in one region of the partition, whoever makes them from where."""

SPIKES = frozenset({
    *(("AWS/Bedrock", name) for name in ("Invocations", "InputTokenCount", "OutputTokenCount", "EstimatedTPMQuotaUsage")),
    *(("AWS/SageMaker", name) for name in (
        "Invocations", "InvocationsPerInstance", "InvocationsPerCopy", "ConcurrentRequestsPerModel",
    )),
    *(("AWS/Lambda", name) for name in ("Invocations", "ConcurrentExecutions")),
    ("AWS/Billing", "EstimatedCharges"),
})  # fmt: skip
"""Metrics that rise when a model is used by strangers; https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-cw.html."""


@record
class Alarming(Derived):
    """What goes unheard in one region; its ARN is that of CloudTrail there."""

    unheard: tuple[str, ...]
    """Classes of `CHANGES` of which nobody is told."""
    unheard_ai: tuple[str, ...]
    """Classes of `AI_CHANGES` of which nobody is told."""
    spikes_alarmed: bool
    """Whether an alarm on how much models are used acts here."""

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds it is put together from."""
        return (CloudTrailRegion, Trail, MetricFilter, MetricAlarm, EventRule)

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Follow the calls of every region."""
        regions = inventory.of(CloudTrailRegion)
        gaps = tuple(NotCollected(cls.__name__, missing.gap) for missing in regions.gaps)
        return Listing(tuple(_alarming(inventory, one) for one in regions.records), gaps)


def _alarming(inventory: Inventory, region: CloudTrailRegion) -> Alarming:
    return Alarming.worked_out(
        region,
        {
            "unheard": lambda: _lacking(inventory, region, CHANGES),
            "unheard_ai": lambda: _lacking(inventory, region, AI_CHANGES),
            "spikes_alarmed": lambda: exists(within(inventory.of(MetricAlarm), region.region), _on_spikes),
        },
    )


def _on_spikes(alarm: MetricAlarm) -> bool:
    return alarm.watches(SPIKES) and alarm.acts


def _lacking(inventory: Inventory, region: CloudTrailRegion, classes: Mapping[str, Iterable[Event]]) -> tuple[str, ...]:
    """Return the classes with a call that nobody is told of. Raises NotCollected where that cannot be told of any."""
    lacking: list[str] = []
    undecided: list[NotCollected] = []
    for name, events in classes.items():
        try:
            if not all(_heard(inventory, region, event) for event in events if _arises(inventory, region, event)):
                lacking.append(name)
        except NotCollected as missing:
            undecided.append(missing)
    if undecided and not lacking:
        raise undecided[0]
    return tuple(lacking)


def _arises(inventory: Inventory, region: CloudTrailRegion, event: Event) -> bool:
    """Say whether a call can come up in a region: those of global services do at their home alone, if that is looked at.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
    """
    home = home_of(inventory.partition)
    elsewhere = region.region != home and home in inventory.regions
    return not (elsewhere and str(event["eventSource"]).partition(".")[0] in GLOBAL_SERVICES)


def _heard(inventory: Inventory, region: CloudTrailRegion, event: Event) -> bool:
    return some_is((_by_rule, _by_filter), lambda way: way(inventory, region, event))


def _by_rule(inventory: Inventory, region: CloudTrailRegion, event: Event) -> bool:
    """Say whether a rule of the region hands the call to whatever tells a person.

    Raises NotCollected for a call of a global service whose home, where alone rules hear of it, was not asked for.
    https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-cloudtrail.html
    """
    service = str(event["eventSource"]).partition(".")[0]
    if service in GLOBAL_SERVICES and region.region != home_of(inventory.partition):
        gap = Gap(Reason.NOT_COLLECTED, f"{home_of(inventory.partition)} was not asked for", region=region.region)
        raise NotCollected("EventRule", gap)
    console = event["eventType"] == "AwsConsoleSignIn"
    told = {
        "source": f"aws.{service}",
        "detail-type": "AWS Console Sign In via CloudTrail" if console else "AWS API Call via CloudTrail",
        "account": region.account,
        "region": region.region,
        "detail": {**event, "awsRegion": region.region},
    }
    rules = within(inventory.of(EventRule), region.region)
    return exists(rules, lambda rule: rule.takes(told) and some_is(rule.targets, lambda target: tells(rule, target)))


def _by_filter(inventory: Inventory, region: CloudTrailRegion, event: Event) -> bool:
    """Say whether a metric filter counts the call, over the log group of a trail that records the region, and its alarm acts."""
    trails = region.trails(inventory)
    source = str(event["eventSource"])

    def counts(one: MetricFilter) -> bool:
        return (
            one.matches({**event, "awsRegion": region.region})
            and exists(trails, lambda trail: _feeds(trail, one) and trail.delivers and trail.logs_writes(source))
            and exists(within(inventory.of(MetricAlarm), one.region), lambda alarm: _on(alarm, one))
        )

    return exists(inventory.of(MetricFilter), counts)


def _feeds(trail: Trail, one: MetricFilter) -> bool:
    named = trail.cloud_watch_logs_log_group_arn
    return named is not None and group_of(named) == (one.region, one.log_group_name)


def _on(alarm: MetricAlarm, one: MetricFilter) -> bool:
    return alarm.watches(one.metrics) and alarm.acts
