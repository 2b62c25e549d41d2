"""What a trail keeps."""

import pytest

from hexward.events.selectors import selected_events


def field(name: str, *values: str, test: str = "equals") -> dict[str, object]:
    return {"field": name, test: list(values)}


MANAGEMENT, DATA = field("eventCategory", "Management"), field("eventCategory", "Data")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([MANAGEMENT], "management"),
        ([MANAGEMENT, field("readOnly", "true")], "management_reads"),
        ([MANAGEMENT, field("readOnly", "false")], "management_writes"),
        ([MANAGEMENT, field("eventSource", "kms.amazonaws.com", test="notEquals")], "management"),
        ([MANAGEMENT, field("eventSource", "iam.amazonaws.com", test="notEquals")], "management_in_part"),
        ([MANAGEMENT, field("eventSource", "s3.amazonaws.com")], "management_in_part"),
        ([MANAGEMENT, {"field": ["eventCategory"], "equals": ["Data"]}], "management_in_part"),
        ([MANAGEMENT, field("userIdentity.arn", "arn", test="notEquals")], "management_in_part"),
        ([DATA, field("readOnly", "true")], "data"),
        ([field("eventCategory", "NetworkActivity")], "network"),
    ],
)
def test_tells_what_advanced_selectors_keep(fields, expected):
    assert selected_events({"advancedEventSelectors": [{"fieldSelectors": fields}]}) == {expected}


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({}, {"management"}),
        ({"readWriteType": "WriteOnly"}, {"management_writes"}),
        ({"readWriteType": "ReadOnly", "dataResources": [{"type": "AWS::S3::Object"}]}, {"management_reads", "data"}),
        ({"includeManagementEvents": False}, set()),
        ({"excludeManagementEventSources": ["kms.amazonaws.com"]}, {"management"}),
        ({"excludeManagementEventSources": ["iam.amazonaws.com"]}, {"management_in_part"}),
    ],
)
def test_tells_what_plain_selectors_keep(selector, expected):
    assert selected_events({"eventSelectors": [selector]}) == expected


@pytest.mark.parametrize("parameters", [None, [], {}, {"eventSelectors": 5, "advancedEventSelectors": [None]}])
def test_keeps_nothing_that_is_not_asked_for(parameters):
    assert selected_events(parameters) == frozenset()
