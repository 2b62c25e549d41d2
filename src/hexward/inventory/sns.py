"""SNS: topics, who hears of what is sent to them, and who may send."""

from typing import Annotated

from hexward.inventory.policy import document
from hexward.inventory.record import At, Part, Record, record

ATTRIBUTES = "sns:GetTopicAttributes"
SUBSCRIPTIONS = "sns:ListSubscriptionsByTopic"


class Subscription(Part):
    """Somebody who hears of a topic's messages; until it is confirmed, its ARN is a word such as PendingConfirmation."""

    subscription_arn: str
    protocol: str

    @property
    def confirmed(self) -> bool:
        """Say whether messages are delivered to it."""
        return self.subscription_arn.startswith("arn:")


@record
class Topic(Record):
    """A topic. https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html."""

    policy: Annotated[str | None, At(ATTRIBUTES, "Attributes.Policy", document)]
    kms_master_key_id: Annotated[str | None, At(ATTRIBUTES, "Attributes.KmsMasterKeyId")]
    subscriptions: Annotated[tuple[Subscription, ...], At(SUBSCRIPTIONS, "Subscriptions")]
