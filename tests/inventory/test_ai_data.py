"""What belongs to AI is told by tags and by the functions that name it, and is unknown where neither was seen."""

from typing import Any

import pytest

from hexward.inventory import Function, NotCollected, Stage, Workload
from hexward.inventory.ai_data import belongs_to_ai, told_by_tags
from hexward.inventory.dynamodb import DynamoTable
from tests.build import inventory, seen

ASK = seen(Function, stores={"TABLE_NAME": "chats"})
AI = seen(Workload, ASK.arn, stage=Stage.INFER)
OTHER = seen(Workload, "arn:other", stage=Stage.INFER)


def table(**fields: Any) -> DynamoTable:
    return seen(DynamoTable, name="chats", **fields)


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        (None, False),
        ({}, False),
        ({"Name": "training"}, False),
        ({"workload": "inference"}, True),
        ({"Stage": "Train"}, True),
        ({"stage": "prod"}, False),
        ({"data-class": "internal"}, True),
        ({"data-class": "public"}, False),
        ({"Data_Classification": "PII"}, True),
    ],
)
def test_a_stage_or_a_class_that_is_not_public_tells(tags, told):
    assert told_by_tags(tags) is told


@pytest.mark.parametrize(
    ("one", "others", "told"),
    [
        (table(tags={}), (), False),
        (table(tags={"stage": "infer"}), (), True),
        (table(tags={}), (ASK, AI), True),
        (table(tags={}), (ASK, OTHER), False),
        (table(tags={}), (seen(Function, stores=None), AI), False),
        (table(tags={}), (seen(Function, region="eu-west-1", stores={"TABLE_NAME": "chats"}), AI), False),
        # Whatever could not be seen does not matter where the rest tells.
        (table(), (ASK, AI), True),
        (table(tags={"stage": "infer"}), (seen(Function), AI), True),
    ],
)
def test_a_tag_or_an_ai_function_tells(one, others, told):
    assert belongs_to_ai(inventory(one, *others), one) is told


@pytest.mark.parametrize(
    ("one", "others"),
    [
        (table(), ()),
        (table(), (ASK, OTHER)),
        (table(tags={}), (seen(Function), AI)),
        (table(tags={}), (ASK, seen(Workload, ASK.arn))),
    ],
)
def test_it_is_unknown_where_what_would_tell_was_not_seen(one, others):
    with pytest.raises(NotCollected):
        belongs_to_ai(inventory(one, *others), one)
