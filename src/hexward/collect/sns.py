"""Collects topics and their subscriptions."""

from hexward.collect.table import Call, Table
from hexward.inventory import Topic

TABLES = (
    Table(
        Topic,
        "sns",
        Call("ListTopics"),
        "Topics[]",
        "{TopicArn}",
        details=(
            Call("GetTopicAttributes", {"TopicArn": "$TopicArn"}),
            Call("ListSubscriptionsByTopic", {"TopicArn": "$TopicArn"}),
        ),
    ),
)
