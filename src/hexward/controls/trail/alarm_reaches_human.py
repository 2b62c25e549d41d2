"""Topics that alarms are sent to have a confirmed reader, and let CloudWatch send.

Why: an alarm that goes off into a topic nobody confirmed, or that CloudWatch may not publish to, is silence with a green tick. Three
of 1,247 findings were live intrusions, and nobody was told.

Fix: confirm a subscription by e-mail, text message, pager or chat for the topic; let cloudwatch.amazonaws.com publish by the topic's
policy, and use a key of your own whose policy lets it generate data keys: AWS's key for SNS never does. That a message was read can
be shown by a drill alone. A function or an HTTPS address counts as a reader, a queue does not.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.policy import decided
from hexward.iam import Policies, Request, Verdict
from hexward.inventory import Alias, Inventory, Key, MetricAlarm, Topic, exists, key_of
from hexward.model import Fault, Severity

HUMAN = {"email", "email-json", "sms", "application", "https", "http", "lambda"}
"""Protocols by which a message reaches a person, at the end of a pager's or a chat's address."""
SENDER = "cloudwatch.amazonaws.com"


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AU-5", "NIST-800-53:SI-4", "HIPAA:164.308(a)(6)(ii)"),
    uses=(MetricAlarm, Key, Alias),
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html",
)
def alarm_reaches_human(topic: Topic, inventory: Inventory) -> Iterator[Fault]:
    if not exists(inventory.by(MetricAlarm, "alarm_actions", topic.arn), lambda _: True):
        raise NotApplicable("no alarm is sent to it")
    readers = [one for one in topic.subscriptions if one.protocol in HUMAN]
    if not any(one.confirmed for one in readers):
        waiting = (
            f"{len(readers)} wait for confirmation" if readers else "nobody subscribed by e-mail, text, pager or chat"
        )
        yield Fault(f"no confirmed reader: {waiting}", field="subscriptions", aspect="reader")
    if not _may_publish(topic, inventory):
        yield Fault("its policy lets CloudWatch's alarms not publish", field="policy", aspect="policy")
    if topic.kms_master_key_id is not None and not _may_encrypt(topic, topic.kms_master_key_id, inventory):
        yield Fault("CloudWatch may not use the topic's key", field="kms_master_key_id", aspect="key")


def _may_publish(topic: Topic, inventory: Inventory) -> bool:
    if topic.policy is None:
        return False
    # An alarm publishes on behalf of the account that owns it, which SNS's own default policy asks for.
    context = {"aws:SourceOwner": inventory.account, "aws:SourceAccount": inventory.account}
    policies = Policies(resource=topic.policy)
    request = Request(SENDER, "sns:Publish", topic.arn, context=context)
    return decided(request, policies, "Topic.policy").verdict is Verdict.ALLOWED


def _may_encrypt(topic: Topic, reference: str, inventory: Inventory) -> bool:
    key = key_of(inventory, reference, topic.region)
    if key is None or key.manager != "CUSTOMER" or key.policy is None:
        return False
    request = Request(SENDER, "kms:GenerateDataKey", key.arn, context={"aws:SourceAccount": inventory.account})
    return decided(request, Policies(resource=key.policy), "Key.policy").verdict is Verdict.ALLOWED
